import type { Candidate } from '../../ablation/repairs.js';
import type { ChainStep } from '../../core/effect.js';
import type { Experiment } from '../../ablation/experiment.js';
import type { Paired } from '../../ablation/effect/paired.js';
import type { Protection } from './protect.js';
import type { Touch } from './touch.js';
import { heldBack } from './protect.js';
import { seedList } from '../../ablation/seeds.js';
import { standOut } from './rule.js';
import { stepOf, unseenStep } from './step.js';
import { tooFewUnits } from '../../ablation/effect/floor.js';
import { touchOf } from './touch.js';

/** A repair that may enter the chain: its gain alone stands out on the inner rows. */
export interface Entrant {
  readonly candidate: Candidate;
  readonly gain: Paired;
  readonly touch: Touch;
}

export interface Entry {
  /** The candidates, and the gentler strengths that stand in for those that remove too much. */
  readonly tried: readonly Candidate[];
  readonly entrants: readonly Entrant[];
  /** Why the others stay outside. */
  readonly outside: ReadonlyMap<Candidate, ChainStep>;
}

/**
 * Judges every candidate by its gain alone, on the inner rows. In the place of one that removes too much comes the first
 * of its other strengths that does not.
 */
export async function enter(
  experiment: Experiment,
  candidates: readonly Candidate[],
  protection: Protection | null,
): Promise<Entry> {
  const outside = new Map<Candidate, ChainStep>();
  const measured: Entrant[] = [];
  const tried: Candidate[] = [];
  for (const candidate of candidates) {
    tried.push(candidate);
    let result = await measure(experiment, candidate, protection);
    if ('decision' in result && result.decision === 'held-back') {
      outside.set(candidate, result);
      const gentler = await standIn(experiment, candidate, protection);
      if (gentler === null) continue;
      tried.push(gentler);
      result = await measure(experiment, gentler, protection);
    }
    if ('decision' in result) outside.set(tried.at(-1)!, result);
    else measured.push(result);
  }
  const decisions = standOut(measured.map((m) => m.gain));
  const entrants = measured.filter(({ candidate, gain }, i) => {
    if (decisions[i] === 'hurts')
      outside.set(candidate, stepOf(candidate, gain, 'hurts', 'It lowers AUC on the inner rows.'));
    if (decisions[i] === 'not-resolved')
      outside.set(candidate, stepOf(candidate, gain, 'not-resolved', lost(measured.length)));
    return decisions[i] === 'enters';
  });
  return { tried, entrants, outside };
}

/** The first other strength that removes little enough, trained like the candidate; null where there is none. */
async function standIn(
  experiment: Experiment,
  { defect, repair, pairs }: Candidate,
  protection: Protection | null,
): Promise<Candidate | null> {
  const { asIs, frame } = experiment;
  for (const other of repair.others ?? []) {
    const arm = await experiment.arm(`${defect}/${other.id}`, other.plan);
    if (protection !== null && heldBack(frame, await asIs.overlay(0), await arm.overlay(0), protection) !== null)
      continue;
    await experiment.train([asIs, arm], seedList(pairs));
    return { defect, repair: other, arm, pairs };
  }
  return null;
}

function lost(tried: number): string {
  return tried === 1
    ? 'Its gain on the inner rows is not resolved.'
    : `Its gain on the inner rows does not stand out among ${tried} repairs tried.`;
}

/** The inner gain, or the step that says why it does not count. */
async function measure(
  experiment: Experiment,
  candidate: Candidate,
  protection: Protection | null,
): Promise<Entrant | ChainStep> {
  const { asIs, frame } = experiment;
  const gain = experiment.difference(candidate.arm, asIs, seedList(candidate.pairs), 'inner');
  const thin = tooFewUnits(gain);
  if (thin !== null) return unseenStep(candidate, 'not-resolved', thin);
  const base = await asIs.overlay(0);
  const overlay = await candidate.arm.overlay(0);
  const held = protection === null ? null : heldBack(frame, base, overlay, protection);
  if (held !== null) return stepOf(candidate, gain, 'held-back', held);
  return { candidate, gain, touch: touchOf(frame, base, overlay) };
}
