import type { Injection, Mechanism, Unsupported } from '../../src/core/defect.js';
import type { Query } from '../../src/core/engine.js';
import type { Column } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { TemplateOptions } from './options.js';
import { expr, planOf } from '../../src/core/plan.js';
import { drawingFor, layOutUnits } from '../../src/dataset/lay-out-units.js';
import { drawnUnits } from '../../src/dataset/sql/shapes/drawn-units.js';
import { stretchUnits } from '../../src/dataset/sql/shapes/ranked-units.js';
import { isNumeric } from '../../src/dataset/sql/type-kinds.js';

/** Two ways of different nature: errors that fall anywhere, and one that lasts. */
export const inject: readonly Mechanism<TemplateOptions>[] = [
  {
    name: 'scattered',
    where: 'both',
    says: 'cells of the first numeric feature are overwritten, each with the same chance',
    found: { at: 0.01 },
    inject: (study, run, options) => {
      const own = drawingFor(run, 'template', 'scattered');
      const draw = own.engine.dialect.uniform(own.random.path, 'k');
      return overwritten(study, own, options, () => drawnUnits(study.whole, { draw }));
    },
  },
  {
    name: 'stretch',
    where: 'both',
    says: 'all cells of one stretch of time are overwritten, as by a failing sensor',
    found: { at: 0.01 },
    inject: (study, run, options) => {
      const own = drawingFor(run, 'template', 'stretch');
      return overwritten(study, own, options, (column) =>
        stretchUnits(study.whole, column, study.roles.time, own.random.at(0)),
      );
    },
  },
];

async function overwritten(
  study: Study,
  run: Run,
  { impossible }: TemplateOptions,
  unitsOf: (column: Column) => Query,
): Promise<Injection | Unsupported> {
  const column = study.roles.features.find(({ kind, column: c }) => kind === 'numeric' && isNumeric(c.type))?.column;
  if (column === undefined) return { unsupported: 'there is no numeric feature to overwrite' };
  const laid = await layOutUnits(unitsOf(column), run);
  const to = expr.literal(column.type, String(impossible));
  return {
    ...laid,
    plan: (at) =>
      planOf('template', 'template.injected', { verb: 'set-cell', column: column.name, where: { keys: at }, to }),
  };
}
