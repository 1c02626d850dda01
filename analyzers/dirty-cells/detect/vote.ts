import type { Column, Relation } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Dependency } from './dependencies.js';
import { contradictedCells, votedValues } from '../../../src/dataset/sql/shapes/dependency-votes.js';
import { tableName } from '../../../src/dataset/sql/table-name.js';

/** For each determined column a table `(k, place, code, score, suggestion)` of the cells that are outvoted. */
export async function vote(
  relation: Relation,
  columns: readonly Column[],
  found: readonly Dependency[],
  run: Run,
): Promise<readonly string[]> {
  const { engine } = run;
  const tables: string[] = [];
  for (const { voted, by } of found) {
    const outvoted = tableName('dirty_outvoted', relation.name, voted.id);
    const table = tableName('dirty_voted', relation.name, voted.id);
    const place = columns.findIndex(({ id }) => id === voted.id);
    await engine.write(contradictedCells(relation, voted, by), { kind: 'table', name: outvoted }, run);
    const values = votedValues(outvoted, by.length, place, 'dirty-cells.dependency');
    await engine.write(values, { kind: 'table', name: table }, run);
    await engine.drop(outvoted, run);
    tables.push(table);
  }
  return tables;
}
