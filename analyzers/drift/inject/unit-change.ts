import type { Injection, Unsupported } from '../../../src/core/defect.js';
import type { Column } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import type { DriftOptions } from '../options.js';
import { planOf } from '../../../src/core/plan.js';
import { drawingFor, layOutUnits } from '../../../src/dataset/lay-out-units.js';
import { distinctValues } from '../../../src/derived/distinct-values.js';
import { quartiles } from '../../../src/dataset/sql/shapes/quartiles.js';
import { multipliedUnits } from '../../../src/dataset/sql/shapes/multiplied-units.js';
import { candidates } from './candidates.js';
import { lateRows } from '../../../src/derived/late-rows.js';

const mostLevels = 20;

/** Late numbers of one column times a factor, slice by slice, the smallest slice first. */
export async function unitChange(study: Study, run: Run, options: DriftOptions): Promise<Injection | Unsupported> {
  if (study.roles.time === null) return { unsupported: 'a change of unit begins at a moment and needs the role time' };
  const column = await positiveColumn(study, run, options);
  if (column === null) return { unsupported: 'there is no feature of positive numbers of type DOUBLE' };
  const slice = await sliceColumn(study, column, run, options);
  const drawing = drawingFor(run, 'drift', 'unit-change');
  const late = await lateRows(study, run);
  const { dialect } = run.engine;
  const query = multipliedUnits(study.whole, column, slice, options.factor, late, drawing.random.path, dialect);
  const laid = await layOutUnits(query, drawing);
  return {
    ...laid,
    plan: (list) => planOf('drift', 'drift.injected', { verb: 'set-cell', column: column.name, list }),
  };
}

function isDouble({ type }: Column): boolean {
  return type === 'DOUBLE';
}

/** The first candidate of many values, nearly all of them above 0. */
async function positiveColumn(study: Study, run: Run, options: DriftOptions): Promise<Column | null> {
  const columns = await candidates(study, options.column, 'drift.column', isDouble, run);
  for (const column of columns.filter(isDouble).slice(0, 20)) {
    const [row = {}] = await run.engine.rows(quartiles(study.train, column, run.engine.dialect), 1, run);
    if (Number(row['positive']) >= 0.9 && Number(row['distinct_values']) > mostLevels) return column;
  }
  return null;
}

/** The first feature of few values; null where there is none: then all late rows change in no order. */
async function sliceColumn(study: Study, not: Column, run: Run, options: DriftOptions): Promise<Column | null> {
  const fits = ({ id, type }: Column): boolean => id !== not.id && type !== 'DOUBLE' && type !== 'FLOAT';
  const columns = await candidates(study, options.slice, 'drift.slice', fits, run);
  if (columns.length === 0) return null;
  const counts = await distinctValues(study.train, columns, run);
  return columns.find((_, i) => counts[i]! > 1 && counts[i]! <= mostLevels) ?? null;
}
