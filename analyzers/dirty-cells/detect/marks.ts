import type { PutColumn } from '../../../src/core/engine.js';
import type { Column, Relation } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { MarkedLevel } from './level.js';
import { cellsOfLevels } from '../../../src/dataset/sql/shapes/text-levels.js';
import { tableName } from '../../../src/dataset/sql/table-name.js';

/** The cells that hold one of the marked values, as a table `(k, place, code, score, suggestion)`; none without marks. */
export async function markCells(
  relation: Relation,
  columns: readonly Column[],
  marks: readonly MarkedLevel[],
  run: Run,
): Promise<readonly string[]> {
  if (marks.length === 0) return [];
  const { engine } = run;
  const levels = tableName('dirty_levels', relation.name);
  const cells = tableName('dirty_level_cells', relation.name);
  const marked = columns.filter(({ id }) => marks.some(({ column }) => column.id === id));
  await engine.put(levels, levelColumns(columns, marks), run);
  const places = marked.map((column) => ({ column, place: columns.indexOf(column) }));
  await engine.write(cellsOfLevels(relation, places, levels), { kind: 'table', name: cells }, run);
  await engine.drop(levels, run);
  return [cells];
}

function levelColumns(columns: readonly Column[], marks: readonly MarkedLevel[]): readonly PutColumn[] {
  const place = new Map(columns.map(({ id }, i) => [id, i]));
  return [
    { name: 'place', type: 'INTEGER', values: Int32Array.from(marks, (m) => place.get(m.column.id)!) },
    { name: 'value', type: 'VARCHAR', values: marks.map((m) => m.level.value) },
    { name: 'code', type: 'VARCHAR', values: marks.map((m) => m.code) },
    { name: 'score', type: 'DOUBLE', values: Float64Array.from(marks, (m) => m.score) },
    { name: 'suggestion', type: 'VARCHAR', values: marks.map((m) => m.suggestion) },
  ];
}
