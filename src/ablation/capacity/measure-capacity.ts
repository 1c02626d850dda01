import type { Arm } from '../arm.js';
import type { Candidate } from '../repairs.js';
import type { CapacityAxis, CapacityEffect, Limited, ModelSize } from '../../core/worth.js';
import type { CapacityEntry } from './entries.js';
import type { Experiment } from '../experiment.js';
import type { Paired } from '../effect/paired.js';
import type { Run } from '../../core/run.js';
import type { StudyPlan } from '../plan/studies.js';
import type { Suspect } from '../propose.js';
import { capacityEntries } from './entries.js';
import { contrast } from '../effect/contrast.js';
import { limitsOf } from '../effect/limits.js';
import { seedList } from '../seeds.js';
import { tooFewUnits } from '../effect/floor.js';

/** Trees and leaves of the two models; all else is as in the ordinary one. */
export const modelSizes = { small: { trees: 15, leaves: 8 }, large: { trees: 120, leaves: 63 } } as const;

type Size = keyof typeof modelSizes;

/** Gains and sensitivities on a small and on a large model, side by side. Null where there is nothing to compare. */
export async function measureCapacity(
  experiment: Experiment,
  suspects: readonly Suspect[],
  candidates: readonly Candidate[],
  plan: StudyPlan,
  run: Run,
): Promise<CapacityAxis | null> {
  const entries = await capacityEntries(experiment, suspects, candidates, plan.capacity, run);
  const seeds = seedList(plan.seeds);
  const base = { small: sized(experiment.asIs, 'small'), large: sized(experiment.asIs, 'large') };
  const effects: CapacityEffect[] = [];
  for (const entry of entries) {
    const effect = await compare(experiment, base, entry, seeds);
    await entry.release();
    if (effect !== null) effects.push(effect);
  }
  if (effects.length === 0) return null;
  const size = (of: Size): ModelSize => {
    const auc = limited(experiment.level(base[of], seeds, 'evaluation'));
    experiment.forget(base[of]);
    return { ...modelSizes[of], auc };
  };
  return { small: size('small'), large: size('large'), effects, seeds: plan.seeds };
}

async function compare(
  experiment: Experiment,
  base: Readonly<Record<Size, Arm>>,
  entry: CapacityEntry,
  seeds: readonly number[],
): Promise<CapacityEffect | null> {
  const [small, large] = [
    await effectOf(experiment, base.small, sized(entry.of, 'small'), entry.kind, seeds),
    await effectOf(experiment, base.large, sized(entry.of, 'large'), entry.kind, seeds),
  ];
  const difference = contrast(large, small);
  if ([small, large, difference].some((paired) => tooFewUnits(paired) !== null)) return null;
  const { kind, defect, arm, title } = entry;
  const about = { kind, defect, arm, title, small: limited(small), large: limited(large) };
  return { ...about, difference: { ...limited(difference), p: limitsOf(difference).p } };
}

/** Signed as its kind says: gains > 0 help, sensitivities > 0 hurt. */
async function effectOf(
  experiment: Experiment,
  base: Arm,
  arm: Arm,
  kind: CapacityEffect['kind'],
  seeds: readonly number[],
): Promise<Paired> {
  await experiment.train([base, arm], seeds);
  const [first, second] = kind === 'gain' ? [arm, base] : [base, arm];
  const effect = experiment.difference(first, second, seeds, 'evaluation');
  experiment.forget(arm);
  return effect;
}

function sized(arm: Arm, size: Size): Arm {
  const { trees, leaves } = modelSizes[size];
  return { ...arm, name: `${arm.name}, ${size} model`, parameters: { rounds: trees, leaves } };
}

function limited(paired: Paired): Limited {
  const { low, high } = limitsOf(paired);
  return { value: paired.estimate, low, high };
}
