import type { Injection, Mechanism, Unsupported } from '../../src/core/defect.js';
import type { Query } from '../../src/core/engine.js';
import type { Expr } from '../../src/core/plan.js';
import type { Column, Relation } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { MissingOptions } from './options.js';
import { expr, planOf } from '../../src/core/plan.js';
import { drawingFor, layOutUnits } from '../../src/dataset/lay-out-units.js';
import { drawnUnits } from '../../src/dataset/sql/shapes/drawn-units.js';
import { presentSql } from '../../src/dataset/sql/shapes/missing-mark.js';
import { halfWeightedUnits, stretchUnits } from '../../src/dataset/sql/shapes/ranked-units.js';
import { constantFor } from './constant.js';
import { damagedColumn } from './inject/damaged-column.js';
import { driverOf } from './inject/driver.js';

type Make = (study: Study, run: Run, options: MissingOptions) => Promise<Injection | Unsupported>;

/** Weight of the half of the rows that loses more, against 1. */
const heavy = 9;

/** Lowest dose at which the README promises that the loss of one column is reported. */
const foundAt = 0.02;
/** Until nothing else is left in the column. */
const disguisedUntil = {
  dose: 0.9,
  because: 'a column of one value is constant: nothing says that it stands for null',
};

export const inject: readonly Mechanism<MissingOptions>[] = [
  {
    name: 'mcar',
    where: 'both',
    says: 'cells of one column become null, each with the same chance',
    found: { at: foundAt },
    inject: nulls('mcar', (relation, column, _study, run) => drawn(relation, column, run)),
  },
  {
    name: 'mar',
    where: 'both',
    says: 'cells of one column become null, nine times as often where another column is above its median',
    found: { at: foundAt },
    inject: nulls('mar', (relation, column, study, run) => {
      return halfWeightedUnits(relation, column, driverOf(study, column), heavy, run.random.path, run.engine.dialect);
    }),
  },
  {
    name: 'mnar',
    where: 'both',
    says: 'cells of one column become null, nine times as often where their own value is above its median',
    found: { at: foundAt },
    inject: nulls('mnar', (relation, column, _study, run) => {
      return halfWeightedUnits(relation, column, column, heavy, run.random.path, run.engine.dialect);
    }),
  },
  {
    name: 'outage',
    where: 'train',
    says: 'all cells of one column become null during one stretch of time (of file order where there is no time)',
    found: { at: foundAt },
    inject: nulls(
      'outage',
      (relation, column, study, run) => {
        return stretchUnits(relation, column, study.roles.time, run.random.at(0));
      },
      'train',
    ),
  },
  {
    name: 'disguised',
    where: 'both',
    says: 'cells of one numeric column become a constant that stands for null, each with the same chance',
    found: { at: foundAt, until: disguisedUntil },
    inject: constants('disguised', (relation, column, _study, run) => drawn(relation, column, run)),
  },
  {
    name: 'disguised-block',
    where: 'train',
    says: 'all cells of one numeric column become 0 during one stretch of time',
    found: { at: 0.15, until: { ...disguisedUntil, dose: 0.6 } },
    inject: async (study, run, options) => {
      if (study.roles.time === null) return { unsupported: 'a stretch of time needs the role time' };
      return zeroBlock(study, run, options);
    },
  },
];

const zeroBlock = constants(
  'disguised-block',
  (relation, column, study, run) => stretchUnits(relation, column, study.roles.time, run.random.at(0)),
  'train',
  0,
);

type Units = (relation: Relation, column: Column, study: Study, run: Run) => Query;

function drawn(relation: Relation, column: Column, run: Run): Query {
  const draw = run.engine.dialect.uniform(run.random.path, 'k');
  return drawnUnits(relation, { where: presentSql(column), draw });
}

/** A mechanism that nulls one column. */
function nulls(name: string, units: Units, where: 'train' | 'both' = 'both'): Make {
  return async (study, run, options) => {
    const column = await damagedColumn(study, run, options, false);
    if ('unsupported' in column) return column;
    return setting(study, drawingFor(run, 'missing', name), column, units, where, expr.literal(column.type, null));
  };
}

/** A mechanism that writes a number where there was one. */
function constants(name: string, units: Units, where: 'train' | 'both' = 'both', value?: number): Make {
  return async (study, run, options) => {
    const column = await damagedColumn(study, run, options, true);
    if ('unsupported' in column) return column;
    const constant = constantFor(column, value ?? options.constant);
    if ('unsupported' in constant) return constant;
    return setting(study, drawingFor(run, 'missing', name), column, units, where, constant);
  };
}

/** Training cells, or those of all rows of the file where serving is damaged alike, set to `to`. */
async function setting(
  study: Study,
  run: Run,
  column: Column,
  units: Units,
  where: 'train' | 'both',
  to: Expr,
): Promise<Injection> {
  const relation = where === 'train' ? study.train : study.whole;
  const laid = await layOutUnits(units(relation, column, study, run), run);
  const plan: Injection['plan'] = (at) =>
    planOf('missing', 'missing.injected', { verb: 'set-cell', column: column.name, where: { keys: at }, to });
  return { ...laid, plan };
}
