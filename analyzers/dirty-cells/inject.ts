import type { Injection, Mechanism, Unsupported } from '../../src/core/defect.js';
import type { Column } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { DirtyCellsOptions } from './options.js';
import { expr, planOf } from '../../src/core/plan.js';
import { drawingFor, layOutUnits } from '../../src/dataset/lay-out-units.js';
import { otherValue } from '../../src/dataset/sql/shapes/determined-columns.js';
import { drawnUnits } from '../../src/dataset/sql/shapes/drawn-units.js';
import { misspelled } from '../../src/dataset/sql/shapes/misspelled.js';
import { quantityColumn } from './inject/quantity-column.js';
import { determinedColumn } from './inject/determined-column.js';
import { namedColumn, textFeatures, wordColumn } from './inject/word-column.js';

type Pick = (study: Study, run: Run) => Promise<Column | Unsupported>;
type Value = (column: Column, study: Study, run: Run) => string;

/** A dependency may be broken in `dependencyError` of the rows, .15, and is none beyond. */
const noRuleLeft = {
  dose: 0.1,
  because: 'where more than 15 rows in 100 break a dependency, there is no rule left to break',
};

/** Unlike in nature: a finger slips, a source writes its unit, a record is joined wrongly, a parser shifts a field. */
export const inject: readonly Mechanism<DirtyCellsOptions>[] = [
  {
    name: 'keyboard-typo',
    where: 'both',
    says: 'one character of cells of a text column is struck one key further',
    found: {
      at: 0.01,
      until: {
        dose: 0.05,
        because: 'one misspelling then stands in more than one cell of 200, as a level of its own would',
      },
    },
    inject: writing('keyboard-typo', wordColumn, (column, _study, run) => {
      return misspelled(column, `${run.random.path}/place`, run.engine.dialect);
    }),
  },
  {
    name: 'unit-suffix',
    where: 'both',
    says: 'numbers of a text column are written with a unit',
    found: {
      at: 0.05,
      until: { dose: 0.5, because: 'where every number has a unit, that is how the column is written' },
    },
    inject: writing('unit-suffix', quantityColumn, ({ id }) => `concat(${id}, ' units')`),
  },
  {
    name: 'broken-dependency',
    where: 'both',
    says: 'cells of a text column that follows from another column take another of its values',
    found: { at: 0.01, until: noRuleLeft },
    inject: writing('broken-dependency', determinedColumn, (column, study) => otherValue(study.whole, column)),
  },
  {
    name: 'moved-value',
    where: 'both',
    says: 'cells of a text column, one that follows from another where there is one, take what the text column before it holds',
    found: { at: 0.01, until: noRuleLeft },
    inject: movedValue,
  },
];

/** A mechanism that writes a text of its own into each cell of one column, also in rows that are scored. */
function writing(name: string, pick: Pick, value: Value): Mechanism<DirtyCellsOptions>['inject'] {
  return async (study, run, options) => {
    const column = options.column === '' ? await pick(study, run) : namedColumn(study, options.column);
    if ('unsupported' in column) return column;
    const own = drawingFor(run, 'dirty-cells', name);
    const units = drawnUnits(study.whole, {
      where: `${column.id} IS NOT NULL AND ${column.id} <> ''`,
      draw: run.engine.dialect.uniform(own.random.path, 'k'),
      value: value(column, study, own),
    });
    const laid = await layOutUnits(units, own);
    return {
      ...laid,
      plan: (at) => planOf('dirty-cells', 'dirty-cells.injected', { verb: 'set-cell', column: column.name, list: at }),
    };
  };
}

async function movedValue(study: Study, run: Run, options: DirtyCellsOptions): Promise<Injection | Unsupported> {
  const texts = textFeatures(study);
  const followed = options.column === '' ? await determinedColumn(study, run) : namedColumn(study, options.column);
  const at = 'unsupported' in followed ? -1 : texts.findIndex(({ id }) => id === followed.id);
  const to = Math.max(1, at);
  const [from, column] = [texts[to - 1], texts[to]];
  if (from === undefined || column === undefined) return { unsupported: 'a value moves between two text columns' };
  const own = drawingFor(run, 'dirty-cells', 'moved-value');
  const where = `${from.id} IS NOT NULL AND ${from.id} IS DISTINCT FROM ${column.id}`;
  const laid = await layOutUnits(
    drawnUnits(study.whole, { where, draw: run.engine.dialect.uniform(own.random.path, 'k') }),
    own,
  );
  const plan: Injection['plan'] = (keys) =>
    planOf('dirty-cells', 'dirty-cells.injected', {
      verb: 'set-cell',
      column: column.name,
      where: { keys },
      to: expr.col(from.name),
    });
  return { ...laid, plan };
}
