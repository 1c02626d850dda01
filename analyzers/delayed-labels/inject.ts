import type { Injection, Mechanism, Unsupported } from '../../src/core/defect.js';
import type { Query } from '../../src/core/engine.js';
import type { Relation } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Label, Study } from '../../src/core/study.js';
import type { DelayedLabelsOptions } from './options.js';
import { expr, planOf } from '../../src/core/plan.js';
import { drawingFor, layOutUnits } from '../../src/dataset/lay-out-units.js';
import { unarrivedPositives, youngPositives } from '../../src/dataset/sql/shapes/label-ages.js';

const day = 86_400;

/** Ways in which the youngest positives are still negatives when the file is written. */
export const mechanisms: readonly Mechanism<DelayedLabelsOptions>[] = [
  {
    name: 'exponential-delay',
    where: 'train',
    says: 'positives arrive after an exponential delay of 1.5 days; those still to come are negatives',
    found: { at: 0.6 },
    inject: (study, run) =>
      losing(study, run, 'exponential-delay', (train, time, label, seed) =>
        unarrivedPositives(train, time, label, 1.5 * day, seed, run.engine.dialect),
      ),
  },
  {
    name: 'open-window',
    where: 'train',
    says: 'positives of the last two days are not joined yet, the youngest most often',
    found: { at: 0.5 },
    inject: (study, run) =>
      losing(study, run, 'open-window', (train, time, label, seed) =>
        youngPositives(train, time, label, 2 * day, seed, run.engine.dialect),
      ),
  },
];

async function losing(
  study: Study,
  run: Run,
  mechanism: string,
  units: (train: Relation, time: NonNullable<Study['roles']['time']>, label: Label, seed: string) => Query,
): Promise<Injection | Unsupported> {
  const { label, time } = study.roles;
  if (label === null || time === null) return { unsupported: 'a delay needs the roles label and time' };
  const own = drawingFor(run, 'delayed-labels', mechanism);
  const laid = await layOutUnits(units(study.train, time, label, own.random.path), own);
  const to = expr.literal(label.column.type, label.negative);
  return {
    ...laid,
    plan: (keys) => planOf('delayed-labels', 'delayed-labels.injected', { verb: 'set-label', where: { keys }, to }),
  };
}
