import type { Candidate } from '../../ablation/repairs.js';
import type { ChainStep } from '../../core/effect.js';
import type { Paired } from '../../ablation/effect/paired.js';
import { limitsOf } from '../../ablation/effect/limits.js';

type Decision = ChainStep['decision'];

/** A step with its inner gain on top of the steps accepted before it. */
export function stepOf(candidate: Candidate, gain: Paired, decision: Decision, reason: string): ChainStep {
  const { low, high } = limitsOf(gain);
  return { ...about(candidate), decision, gain: { value: gain.estimate, low, high }, seeds: gain.seeds, reason };
}

/** A step without a number: 0 seeds, and the reason why. */
export function unseenStep(candidate: Candidate, decision: Decision, reason: string): ChainStep {
  return { ...about(candidate), decision, gain: null, seeds: 0, reason };
}

type About = Pick<ChainStep, 'defect' | 'repair' | 'title' | 'units' | 'strength'>;

function about({ defect, repair, arm }: Candidate): About {
  const strength = repair.strength === undefined ? {} : { strength: repair.strength };
  return { defect, repair: repair.id, title: repair.title, units: arm.units, ...strength };
}
