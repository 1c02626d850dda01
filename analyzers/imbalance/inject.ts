import type { Injection, Mechanism, Unsupported } from '../../src/core/defect.js';
import type { Query } from '../../src/core/engine.js';
import type { Run } from '../../src/core/run.js';
import type { Label, Study } from '../../src/core/study.js';
import type { ImbalanceOptions } from './options.js';
import { planOf } from '../../src/core/plan.js';
import { drawingFor, layOutUnits } from '../../src/dataset/lay-out-units.js';
import { negativeUnits, surplusNegatives } from '../../src/dataset/sql/shapes/telling-units.js';

/** Ways in which rows are sampled by their label. */
export const inject: readonly Mechanism<ImbalanceOptions>[] = [
  {
    name: 'drop-negatives',
    where: 'train',
    says: 'negative rows are left out, each with the same chance, to save space',
    found: { blind: 'a thinned class looks like a common one where there is no reference to compare with' },
    inject: (study, run) =>
      thinned('drop-negatives', study, run, (label, own) =>
        negativeUnits(study.train, label, null, own.random.path, own.engine.dialect),
      ),
  },
  {
    name: 'to-balance',
    where: 'train',
    says: 'negative rows are left out until both classes have as many rows',
    found: { at: 1 },
    inject: (study, run) =>
      thinned('to-balance', study, run, (label, own) =>
        surplusNegatives(study.train, label, own.random.path, own.engine.dialect),
      ),
  },
];

async function thinned(
  name: string,
  { roles }: Study,
  run: Run,
  unitsOf: (label: Label, own: Run) => Query,
): Promise<Injection | Unsupported> {
  const { label } = roles;
  if (label === null) return { unsupported: 'there is no label' };
  const own = drawingFor(run, 'imbalance', name);
  const laid = await layOutUnits(unitsOf(label, own), own);
  return {
    ...laid,
    plan: (keys) => planOf('imbalance', 'imbalance.injected', { verb: 'drop-row', where: { keys } }),
  };
}
