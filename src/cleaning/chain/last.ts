import type { Arm } from '../../ablation/arm.js';
import type { Candidate } from '../../ablation/repairs.js';
import type { ChainStep } from '../../core/effect.js';
import type { Experiment } from '../../ablation/experiment.js';
import type { Paired } from '../../ablation/effect/paired.js';
import { chainPlans } from '../../core/plan.js';
import { limitsOf } from '../../ablation/effect/limits.js';
import { seedList } from '../../ablation/seeds.js';

/** Gains of accepted steps apart from the order they were taken in. */
export type Together = Required<Pick<ChainStep, 'alone' | 'last'>>;

/**
 * What each accepted step gains alone, and what it gains last, on top of all the others, on the inner rows. They tell
 * repairs that work together from repairs that win the same back; nothing is chosen by them.
 */
export async function together(
  experiment: Experiment,
  recipe: Arm,
  accepted: readonly Candidate[],
): Promise<ReadonlyMap<Candidate, Together>> {
  const seeds = seedList(Math.max(...accepted.map((a) => a.pairs)));
  const without: Arm[] = [];
  for (const step of accepted) without.push(await allBut(experiment, step, accepted));
  await experiment.train([recipe, ...without], seeds);
  // Already trained, but for a step whose strength was chosen on top of others.
  await experiment.train([experiment.asIs, ...accepted.map((a) => a.arm)], seeds);
  return new Map(
    accepted.map((step, i) => {
      const alone = experiment.difference(step.arm, experiment.asIs, seedList(step.pairs), 'inner');
      const last = experiment.difference(recipe, without[i]!, seeds, 'inner');
      return [step, { alone: intervalOf(alone), last: intervalOf(last) }];
    }),
  );
}

function allBut(experiment: Experiment, step: Candidate, accepted: readonly Candidate[]): Promise<Arm> {
  const others = accepted.filter((other) => other !== step);
  if (others.length === 1) return Promise.resolve(others[0]!.arm);
  const plan = chainPlans(...others.map((other) => other.repair.plan));
  return experiment.arm(`all but ${step.arm.name}`, plan);
}

function intervalOf(gain: Paired): Together['alone'] {
  const { low, high } = limitsOf(gain);
  return { value: gain.estimate, low, high };
}
