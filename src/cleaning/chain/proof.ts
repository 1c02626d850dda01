import type { Arm } from '../../ablation/arm.js';
import type { Experiment } from '../../ablation/experiment.js';
import type { Proof } from '../../core/effect.js';
import { limitsOf } from '../../ablation/effect/limits.js';
import { seedList } from '../../ablation/seeds.js';
import { tooFewRows, tooFewUnits } from '../../ablation/effect/floor.js';

/** Above every seed that choosing may use, so that luck of the chosen seeds is not carried into the proof. */
const firstFreshSeed = 64;

/** The seeds of a proof. */
export function proofSeeds(pairs: number): readonly number[] {
  return seedList(pairs, firstFreshSeed);
}

/** A recipe against the data as it is on the outer rows, or the sentence why nothing can be proven there. */
export async function prove(
  experiment: Experiment,
  recipe: Arm,
  pairs: number,
  openOuter: () => number | Promise<number>,
): Promise<Proof | { readonly reason: string }> {
  const rows = experiment.rows('outer');
  const thin = tooFewRows(rows);
  if (thin !== null) return { reason: thin };
  const seeds = proofSeeds(pairs);
  await experiment.train([experiment.asIs, recipe], seeds);
  const outerUses = await openOuter();
  const difference = experiment.difference(recipe, experiment.asIs, seeds, 'outer');
  const reason = tooFewUnits(difference);
  if (reason !== null) return { reason };
  const { low, high, lower95, pAbove } = limitsOf(difference);
  return {
    gain: difference.estimate,
    low,
    high,
    lower95,
    p: pAbove,
    holds: lower95 > 0,
    before: experiment.level(experiment.asIs, seeds, 'outer').estimate,
    after: experiment.level(recipe, seeds, 'outer').estimate,
    seeds: pairs,
    positives: rows.positives,
    outerUses,
  };
}
