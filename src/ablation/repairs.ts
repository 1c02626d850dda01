import type { Arm } from './arm.js';
import type { Experiment } from './experiment.js';
import type { Repair } from '../core/defect.js';
import type { Suspect } from './propose.js';
import type { TrialPlan } from './plan/trial-plan.js';
import { seedList } from './seeds.js';
import { tooFewRows } from './effect/floor.js';
import { trainUntilPrecise } from './precision.js';

/** A repair as an arm, trained on `pairs` seeds (0 .. pairs-1); 0 where it was left out. */
export interface Candidate {
  readonly defect: string;
  readonly repair: Repair;
  readonly arm: Arm;
  readonly pairs: number;
}

const raceSeeds = 2;

/**
 * Lays every repair of the suspects onto the frame and trains it, on as many pairs as the plan and precision ask for.
 * The chain and the gains read the same trials. Nothing is trained where the evaluation rows are too few. With `plan.keep`, a race on 2 seeds of inner rows chooses which are
 * measured at all (Jamieson & Talwalkar 2016); it may only choose what to measure.
 */
export async function trainRepairs(
  experiment: Experiment,
  suspects: readonly Suspect[],
  plan: TrialPlan,
): Promise<readonly Candidate[]> {
  const all: Omit<Candidate, 'pairs'>[] = [];
  for (const { defect, repairs } of suspects) {
    for (const repair of repairs) {
      all.push({ defect: defect.id, repair, arm: await experiment.arm(`${defect.id}/${repair.id}`, repair.plan) });
    }
  }
  if (tooFewRows(experiment.rows('evaluation')) !== null) return all.map((candidate) => ({ ...candidate, pairs: 0 }));
  const kept = await race(
    experiment,
    all.map((c) => c.arm),
    plan.keep,
  );
  const pairs = await trainUntilPrecise(experiment, kept, plan.seeds.gains);
  return all.map((candidate) => ({ ...candidate, pairs: pairs.get(candidate.arm) ?? 0 }));
}

/** The arms with the largest inner gain after 2 pairs, in their own order. */
async function race(experiment: Experiment, arms: readonly Arm[], keep: number | null): Promise<readonly Arm[]> {
  if (keep === null || keep >= arms.length) return arms;
  const seeds = seedList(raceSeeds);
  await experiment.train([experiment.asIs, ...arms], seeds);
  const gains = new Map(arms.map((arm) => [arm, experiment.difference(arm, experiment.asIs, seeds, 'inner').estimate]));
  const best = new Set(arms.toSorted((a, b) => gains.get(b)! - gains.get(a)!).slice(0, keep));
  return arms.filter((arm) => best.has(arm));
}
