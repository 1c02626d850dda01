import type { Injection, Mechanism, Unsupported } from '../../src/core/defect.js';
import type { Query } from '../../src/core/engine.js';
import type { Column } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { SkewOptions } from './options.js';
import { planOf } from '../../src/core/plan.js';
import { columnNamed } from '../../src/core/relation.js';
import { drawingFor, layOutUnits } from '../../src/dataset/lay-out-units.js';
import { drawnUnits } from '../../src/dataset/sql/shapes/drawn-units.js';
import { presentSql } from '../../src/dataset/sql/shapes/missing-mark.js';
import { staleUnits } from '../../src/dataset/sql/shapes/stale-units.js';

/** Ways in which one side computes a feature otherwise than the other; here it is the training side that does. */
export const mechanisms: readonly Mechanism<SkewOptions>[] = [
  {
    name: 'stale-by-a-day',
    where: 'both',
    says: 'cells of one number hold what their user had a day before or earlier',
    found: { at: 0.1 },
    inject: (study, run, options) => {
      const { time, user } = study.roles;
      if (time === null || user === null) return refused('a late value is one of a user in time; a role is missing');
      return written('stale-by-a-day', study, run, options, (column, own) =>
        staleUnits(study.whole, column, user, time, 86_400, own.random.path, own.engine.dialect),
      );
    },
  },
  changing('unit', 'cells of one number are a thousandth of what serving had', ({ id }) => `${id} / 1000`),
  changing('default-value', 'cells of one number hold 0 instead of their value', () => '0'),
];

/** Every present cell may be drawn and then holds `value` of its own. */
function changing(name: string, says: string, value: (column: Column) => string): Mechanism<SkewOptions> {
  return {
    name,
    where: 'both',
    says,
    found: { at: 0.01 },
    inject: (study, run, options) => written(name, study, run, options, valueOf(value, study)),
  };
}

type Units = (column: Column, own: Run) => Query;

function refused(unsupported: string): Promise<Unsupported> {
  return Promise.resolve({ unsupported });
}

function valueOf(value: (column: Column) => string, { whole }: Study): Units {
  return (column, own) =>
    drawnUnits(whole, {
      where: `${presentSql(column)} AND ${column.id} <> 0`,
      draw: own.engine.dialect.uniform(own.random.path, 'k'),
      value: `CAST(${value(column)} AS ${column.type})`,
    });
}

/** Writes a value of their own into the units of the column named, else of the first decimal feature. */
async function written(
  name: string,
  study: Study,
  run: Run,
  { column: given }: SkewOptions,
  units: Units,
): Promise<Injection | Unsupported> {
  const column =
    given === ''
      ? study.roles.features.find((f) => f.kind === 'numeric' && f.column.type === 'DOUBLE')?.column
      : columnNamed(study.whole, given);
  if (column === undefined) return { unsupported: 'there is no feature of type DOUBLE' };
  const own = drawingFor(run, 'skew', name);
  const laid = await layOutUnits(units(column, own), own);
  return { ...laid, plan: (list) => planOf('skew', 'skew.injected', { verb: 'set-cell', column: column.name, list }) };
}
