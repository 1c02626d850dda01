import type { Arm } from '../../ablation/arm.js';
import type { Candidate } from '../../ablation/repairs.js';
import type { ChainStep } from '../../core/effect.js';
import type { Entrant } from './alone.js';
import type { Experiment } from '../../ablation/experiment.js';
import type { Paired } from '../../ablation/effect/paired.js';
import type { Protection } from './protect.js';
import type { Repair } from '../../core/defect.js';
import { chainPlans } from '../../core/plan.js';
import { heldBack } from './protect.js';
import { limitsOf } from '../../ablation/effect/limits.js';
import { seedList } from '../../ablation/seeds.js';
import { staysStronger } from './rule.js';
import { tooFewUnits } from '../../ablation/effect/floor.js';
import { touchOf } from './touch.js';

/** An entrant on top of what is accepted so far. */
export interface Trial {
  readonly entrant: Entrant;
  readonly arm: Arm;
  readonly gain: Paired;
}

type Tried = NonNullable<ChainStep['tried']>;

/** A chosen repair at the strength it is taken at, and what the other strengths gain over the first. */
export interface AtStrength {
  readonly taken: Trial;
  readonly tried: Tried;
}

/**
 * Tries the other strengths of a chosen repair on top of the same steps and on the same seeds. One of them is taken
 * only where it gains more than the first beyond doubt ({@link staysStronger}); what removes too much is not tried.
 * `base` is the arm of the steps in `before`, null where there are none.
 */
export async function atBestStrength(
  experiment: Experiment,
  base: Arm | null,
  before: readonly Candidate[],
  chosen: Trial,
  tries: number,
  protection: Protection | null,
): Promise<AtStrength> {
  const { defect, pairs, repair: first } = chosen.entrant.candidate;
  const others: { readonly candidate: Candidate; readonly arm: Arm }[] = [];
  const tried: Tried[number][] = [];
  for (const repair of first.others ?? []) {
    const alone = await experiment.arm(`${defect}/${repair.id}`, repair.plan);
    if (await removesTooMuch(experiment, alone, protection)) {
      tried.push({ strength: repair.strength!, gain: null });
      continue;
    }
    const plan = chainPlans(...before.map((step) => step.repair.plan), repair.plan);
    const arm = base === null ? alone : await experiment.arm(`${base.name} + ${alone.name}`, plan);
    others.push({ candidate: { defect, repair, arm: alone, pairs }, arm });
  }
  if (others.length === 0) return { taken: chosen, tried };
  const seeds = seedList(Math.max(pairs, ...before.map((step) => step.pairs)));
  const under = base ?? experiment.asIs;
  await experiment.train([under, chosen.arm, ...others.map(({ arm }) => arm)], seeds);
  const gains = others.map(({ arm }) => experiment.difference(arm, chosen.arm, seeds, 'inner'));
  gains.forEach((gain, i) => {
    const { low, high } = limitsOf(gain);
    const told = tooFewUnits(gain) === null ? { value: gain.estimate, low, high } : null;
    tried.push({ strength: others[i]!.candidate.repair.strength!, gain: told });
  });
  const best = gains.reduce((a, gain, i) => (gain.estimate > gains[a]!.estimate ? i : a), 0);
  if (tooFewUnits(gains[best]!) !== null || !staysStronger(gains[best]!, tries)) return { taken: chosen, tried };
  const { candidate, arm } = others[best]!;
  const { frame, asIs } = experiment;
  const touch = touchOf(frame, await asIs.overlay(0), await candidate.arm.overlay(0));
  const gain = experiment.difference(arm, under, seeds, 'inner');
  return { taken: { entrant: { candidate, gain, touch }, arm, gain }, tried };
}

async function removesTooMuch({ frame, asIs }: Experiment, arm: Arm, protection: Protection | null): Promise<boolean> {
  if (protection === null) return false;
  return heldBack(frame, await asIs.overlay(0), await arm.overlay(0), protection) !== null;
}

/** What was found about strengths, as a sentence; none where there was nothing to choose. */
export function strengthSentence({ strength }: Repair, tried: Tried): readonly string[] {
  if (tried.length === 0 || strength === undefined) return [];
  const measured = tried.filter(({ gain }) => gain !== null).map((other) => other.strength);
  const taken = `It is taken at strength ${strength}`;
  const better = tried.some((other) => other.strength === strength);
  if (better) return [`${taken}, which gains more than the first one tried.`];
  if (measured.length === 0) return [`${taken}; the others remove too much, or cannot be told from it.`];
  return [`${taken}; ${measured.join(' and ')} ${measured.length === 1 ? 'gains' : 'gain'} no more on the inner rows.`];
}
