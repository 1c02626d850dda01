import type { Injection, Unsupported } from '../../../src/core/defect.js';
import type { Literal } from '../../../src/core/plan.js';
import type { Column } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import type { DriftOptions } from '../options.js';
import { planOf } from '../../../src/core/plan.js';
import { drawingFor, layOutUnits } from '../../../src/dataset/lay-out-units.js';
import { drawnUnits } from '../../../src/dataset/sql/shapes/drawn-units.js';
import { presentSql } from '../../../src/dataset/sql/shapes/missing-mark.js';
import { quartiles } from '../../../src/dataset/sql/shapes/quartiles.js';
import { candidates } from './candidates.js';
import { lateRows } from '../../../src/derived/late-rows.js';

/** Types for which a value beyond all others can be written. */
const writable: ReadonlySet<string> = new Set(['VARCHAR', 'INTEGER', 'BIGINT']);

function fits({ type }: Column): boolean {
  return writable.has(type);
}

/** Late values of one column that become a new one: text where there is text, else one more than the largest. */
export async function newLevel(study: Study, run: Run, options: DriftOptions): Promise<Injection | Unsupported> {
  const columns = await candidates(study, options.column, 'drift.column', fits, run);
  const column = columns.find((c) => c.type === 'VARCHAR') ?? columns.find(fits);
  if (column === undefined) return { unsupported: 'there is no feature of text or whole numbers' };
  const to = await newValue(study, column, run);
  if (to === null) return { unsupported: `${column.name} has no values` };
  const drawing = drawingFor(run, 'drift', 'new-level');
  const where = `${await lateRows(study, run)} AND ${presentSql(column)}`;
  const draw = run.engine.dialect.uniform(drawing.random.path, 'k');
  const laid = await layOutUnits(drawnUnits(study.whole, { where, draw }), drawing);
  return {
    ...laid,
    plan: (keys) =>
      planOf('drift', 'drift.injected', { verb: 'set-cell', column: column.name, where: { keys }, to: { lit: to } }),
  };
}

async function newValue(study: Study, column: Column, run: Run): Promise<Literal | null> {
  if (column.type === 'VARCHAR') return { type: 'VARCHAR', text: 'a value never seen before' };
  const [row = {}] = await run.engine.rows(quartiles(study.whole, column, run.engine.dialect), 1, run);
  const high = Number(row['high'] ?? Number.NaN);
  return high < 2 ** 31 - 1 ? { type: column.type, text: String(high + 1) } : null;
}
