import type { Column } from '../core/relation.js';
import type { SchemaChange } from '../core/data-comparison.js';

/** What differs, columns of A first, in file order. Columns are the same where their names are. */
export function schemaChanges(a: readonly Column[], b: readonly Column[]): readonly SchemaChange[] {
  const inB = new Map(b.map((column) => [column.name, column]));
  const inA = new Set(a.map((column) => column.name));
  const ofA = a.flatMap(({ name, type }): SchemaChange[] => {
    const other = inB.get(name);
    if (other === undefined) return [{ column: name, change: 'only-in-a', from: type, to: null }];
    return other.type === type ? [] : [{ column: name, change: 'type', from: type, to: other.type }];
  });
  const ofB = b.filter(({ name }) => !inA.has(name));
  return [
    ...ofA,
    ...ofB.map(({ name, type }): SchemaChange => ({ column: name, change: 'only-in-b', from: null, to: type })),
  ];
}
