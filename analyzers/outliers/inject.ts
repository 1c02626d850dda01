import type { Injection, Mechanism, Unsupported } from '../../src/core/defect.js';
import type { Query } from '../../src/core/engine.js';
import type { Column } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { OutliersOptions } from './options.js';
import { planOf } from '../../src/core/plan.js';
import { columnNamed } from '../../src/core/relation.js';
import { drawingFor, layOutUnits } from '../../src/dataset/lay-out-units.js';
import { distinctValues } from '../../src/derived/distinct-values.js';
import { multipliedCells, shuffledCells, spikedCells } from '../../src/dataset/sql/shapes/shifted-cells.js';
import { isNumeric } from '../../src/dataset/sql/type-kinds.js';

const tailItself = 'the quantile .99, which says what is far, then lies among the damaged cells';

/** Ways in which single numbers go wrong. */
export const inject: readonly Mechanism<OutliersOptions>[] = [
  {
    name: 'times-ten',
    where: 'both',
    says: 'a decimal point slips: cells of a numeric column become ten times what they were',
    found: { at: 0.005, until: { dose: 0.01, because: tailItself } },
    inject: (study, run, options) =>
      damaged('times-ten', study, run, options, (column, own) =>
        multipliedCells(study.whole, column, 10, own.random.path, own.engine.dialect),
      ),
  },
  {
    name: 'spike',
    where: 'both',
    says: 'cells of a numeric column rise by six standard deviations, as by a disturbed sensor',
    found: { at: 0.005, until: { dose: 0.005, because: tailItself } },
    inject: (study, run, options) =>
      damaged('spike', study, run, options, (column, own) =>
        spikedCells(study.whole, column, 6, own.random.path, own.engine.dialect),
      ),
  },
  {
    name: 'shuffled',
    where: 'both',
    says: 'cells of a numeric column hold the number of another row',
    found: { blind: 'a wrong number that the column does hold elsewhere lies nowhere outside' },
    inject: (study, run, options) =>
      damaged('shuffled', study, run, options, (column, own) =>
        shuffledCells(study.whole, column, own.random.path, own.engine.dialect),
      ),
  },
];

async function damaged(
  name: string,
  study: Study,
  run: Run,
  options: OutliersOptions,
  unitsOf: (column: Column, own: Run) => Query,
): Promise<Injection | Unsupported> {
  const column =
    options.column === '' ? await mostValues(study, run) : (columnNamed(study.whole, options.column) ?? null);
  if (column === null) return { unsupported: 'there is no numeric feature to damage' };
  const own = drawingFor(run, 'outliers', name);
  const laid = await layOutUnits(unitsOf(column, own), own);
  return {
    ...laid,
    plan: (list) => planOf('outliers', 'outliers.injected', { verb: 'set-cell', column: column.name, list }),
  };
}

/** The numeric feature with most values, the first of several: a quantity, where there is one, and not a code of few values. */
async function mostValues({ train, roles }: Study, run: Run): Promise<Column | null> {
  const numeric = roles.features.filter((f) => f.kind === 'numeric' && isNumeric(f.column.type)).map((f) => f.column);
  if (numeric.length === 0) return null;
  const counts = await distinctValues(train, numeric, run);
  return numeric[counts.indexOf(Math.max(...counts))] ?? null;
}
