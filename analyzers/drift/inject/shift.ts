import type { Injection, Unsupported } from '../../../src/core/defect.js';
import type { Column } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import type { DriftOptions } from '../options.js';
import { planOf } from '../../../src/core/plan.js';
import { drawingFor, layOutUnits } from '../../../src/dataset/lay-out-units.js';
import { quartiles } from '../../../src/dataset/sql/shapes/quartiles.js';
import { shiftedUnits } from '../../../src/dataset/sql/shapes/shifted-units.js';
import { candidates } from './candidates.js';
import { lateRows } from '../../../src/derived/late-rows.js';

/** Types wide enough to hold a shifted value. */
const wide: ReadonlySet<string> = new Set(['DOUBLE', 'FLOAT', 'INTEGER', 'BIGINT']);

function fits({ type }: Column, kind: string): boolean {
  return kind === 'numeric' && wide.has(type);
}

/** Late numbers of one column, each larger by a fixed distance. */
export async function shift(study: Study, run: Run, options: DriftOptions): Promise<Injection | Unsupported> {
  const columns = await candidates(study, options.column, 'drift.column', fits, run);
  for (const column of columns.slice(0, 20)) {
    if (!wide.has(column.type)) continue;
    const distance = options.distance * (await spreadOf(study, column, run));
    if (!(distance > 0)) continue;
    const drawing = drawingFor(run, 'drift', 'shift');
    const query = shiftedUnits(
      study.whole,
      column,
      distance,
      await lateRows(study, run),
      drawing.random.path,
      run.engine.dialect,
    );
    const laid = await layOutUnits(query, drawing);
    return {
      ...laid,
      plan: (list) => planOf('drift', 'drift.injected', { verb: 'set-cell', column: column.name, list }),
    };
  }
  return { unsupported: 'there is no numeric feature with a spread to shift' };
}

/** The interquartile range; a quarter of the range where half of the values are equal. */
async function spreadOf(study: Study, column: Column, run: Run): Promise<number> {
  const [row = {}] = await run.engine.rows(quartiles(study.train, column, run.engine.dialect), 1, run);
  const range = Number(row['upper']) - Number(row['lower']);
  return range > 0 ? range : (Number(row['high']) - Number(row['low'])) / 4;
}
