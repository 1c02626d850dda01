import type { Injection, Mechanism, Unsupported } from '../../src/core/defect.js';
import type { Expr } from '../../src/core/plan.js';
import type { Column } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { ConstantsOptions } from './options.js';
import { expr, planOf } from '../../src/core/plan.js';
import { columnNamed } from '../../src/core/relation.js';
import { drawingFor, layOutUnits } from '../../src/dataset/lay-out-units.js';
import { drawnUnits } from '../../src/dataset/sql/shapes/drawn-units.js';
import { isNumeric } from '../../src/dataset/sql/type-kinds.js';

/** Ways in which a column stops telling anything of its own. Both hit scored rows too, as they would in production. */
export const mechanisms: readonly Mechanism<ConstantsOptions>[] = [
  {
    name: 'stuck',
    where: 'both',
    says: 'cells of one column become a number that is always the same, as from a sensor or a default',
    found: { at: 1 },
    inject: (study, run, options) => overwrite('stuck', study, run, options, (column) => stuckAt(column)),
  },
  {
    name: 'copied',
    where: 'both',
    says: 'cells of one column become what another column of the same type holds, as after a wrong join',
    found: { at: 1 },
    inject: (study, run, options) => overwrite('copied', study, run, options, (column) => sourceFor(study, column)),
  },
];

async function overwrite(
  name: string,
  study: Study,
  run: Run,
  options: ConstantsOptions,
  valueFor: (column: Column) => Expr | Unsupported,
): Promise<Injection | Unsupported> {
  const numeric = study.roles.features.map((f) => f.column).filter((c) => isNumeric(c.type));
  const column = options.column === '' ? numeric.at(-1) : columnNamed(study.train, options.column);
  if (column === undefined) return { unsupported: 'there is no numeric feature to overwrite' };
  const to = valueFor(column);
  if ('unsupported' in to) return to;
  const drawing = drawingFor(run, 'constants', name);
  const draw = run.engine.dialect.uniform(drawing.random.path, 'k');
  const laid = await layOutUnits(drawnUnits(study.whole, { draw }), drawing);
  return {
    ...laid,
    plan: (at) =>
      planOf('constants', 'constants.injected', { verb: 'set-cell', column: column.name, where: { keys: at }, to }),
  };
}

function stuckAt({ type, name }: Column): Expr | Unsupported {
  return isNumeric(type) ? expr.literal(type, '1') : { unsupported: `${name} holds no numbers` };
}

function sourceFor({ roles }: Study, column: Column): Expr | Unsupported {
  const source = roles.features.map((f) => f.column).find((c) => c.id !== column.id && c.type === column.type);
  return source === undefined
    ? { unsupported: `no other feature has the type of ${column.name}` }
    : expr.col(source.name);
}
