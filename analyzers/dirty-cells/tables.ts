import type { Column, Relation } from '../../src/core/relation.js';
import type { Roles } from '../../src/core/study.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { typeKind } from '../../src/dataset/sql/type-kinds.js';

/** Engine table of the dirty cells of a relation, `(k, place, code, score, suggestion)`: `detect` writes, `repair` reads. */
export function dirtyCellsTable(relation: Relation): string {
  return tableName('dirty_cells', relation.name);
}

/** Text columns looked at, in file order; `place` in the table counts these. Not the label, not what was excluded. */
export function textColumns({ features, user, item, group }: Roles): readonly Column[] {
  const names = new Set([user?.id, item?.id, group?.id]);
  return features.map((f) => f.column).filter(({ id, type }) => typeKind(type) === 'text' && !names.has(id));
}
