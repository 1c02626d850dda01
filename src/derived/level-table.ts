import type { Column, Relation } from '../core/relation.js';
import type { Run } from '../core/run.js';
import { rowsByLevel } from '../dataset/sql/shapes/cell-counts.js';
import { tableName } from '../dataset/sql/table-name.js';

/** A table `(v, n)`: each value of a column, null too, with its rows. Counted once a run; for columns whose values repeat. */
export function levelTable(relation: Relation, column: Column, run: Run): Promise<string> {
  const name = tableName('levels', relation.name, column.id);
  return run.memo(name, async () => {
    await run.engine.write(rowsByLevel(relation, column), { kind: 'table', name }, run);
    return name;
  });
}
