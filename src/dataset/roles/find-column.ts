import type { Column, Relation } from '../../core/relation.js';
import { AssayError } from '../../core/errors.js';
import { nearest } from '../../core/nearest.js';

/** The column a user names, for a role; blanks around the name may be left out. Unknown names are an error. */
export function findColumn(relation: Relation, name: string, role: string): Column {
  const exact = relation.columns.find((c) => c.name === name);
  const found = exact ?? relation.columns.find((c) => c.name.trim() === name.trim());
  if (found !== undefined) return found;
  const columns = relation.columns.map((c) => c.name);
  throw new AssayError('column-unknown', { column: name, role, suggestion: nearest(name, columns), columns });
}
