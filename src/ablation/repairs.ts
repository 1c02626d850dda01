import type { Arm } from './arm.js';
import type { News } from '../core/news.js';
import type { Experiment } from './experiment.js';
import type { Frame, Overlay } from '../models/frame/frame.js';
import type { Repair } from '../core/defect.js';
import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import type { Suspect } from './propose.js';
import type { TrialPlan } from './plan/trial-plan.js';
import { overlayOf } from '../models/frame/overlay.js';
import { limitsOf } from './effect/limits.js';
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

type Entry = Omit<Candidate, 'pairs'>;

/** A repair as its rows and values: what its arm trains on before it is cut to the experiment's rows. */
export interface LaidRepair {
  readonly defect: string;
  readonly repair: Repair;
  readonly overlay: Overlay;
}

/** Lays every repair of the suspects onto the frame, before anything is trained: the pace of trainings is then theirs alone. */
export async function layRepairs(
  study: Study,
  frame: Frame,
  suspects: readonly Suspect[],
  run: Run,
): Promise<readonly LaidRepair[]> {
  const laid: LaidRepair[] = [];
  for (const { defect, repairs } of suspects) {
    for (const repair of repairs) {
      laid.push({ defect: defect.id, repair, overlay: await overlayOf(frame, study, repair.plan, 'train-rows', run) });
      run.progress.advance();
    }
  }
  run.progress.end();
  return laid;
}

/**
 * Trains the repairs, on as many pairs as the plan and precision ask for.
 * The chain and the gains read the same trials. Nothing is trained where the evaluation rows are too few. With
 * `plan.keep`, all are trained on the first pairs, and only the most promising on inner rows go on (successive halving,
 * Jamieson & Talwalkar 2016): it chooses where precision is bought, never what is reported.
 */
export async function trainRepairs(
  experiment: Experiment,
  repairs: readonly LaidRepair[],
  plan: TrialPlan,
  news: (news: News) => void = () => {},
): Promise<readonly Candidate[]> {
  const all = repairs.map(({ defect, repair, overlay }): Entry => {
    return { defect, repair, arm: experiment.laid(`${defect}/${repair.id}`, overlay) };
  });
  if (tooFewRows(experiment.rows('evaluation')) !== null) return all.map((candidate) => ({ ...candidate, pairs: 0 }));
  const kept = await race(experiment, all, plan);
  const pairs = await trainUntilPrecise(experiment, kept, plan.seeds.gains, (arm, count, settled) => {
    const entry = all.find((other) => other.arm === arm)!;
    news(gainSoFar(experiment, entry, count, settled));
  });
  return all.map((candidate) => ({ ...candidate, pairs: pairs.get(candidate.arm) ?? plan.seeds.gains.start }));
}

/** On inner rows, which the chain sees as well; raw limits, since what is corrected for is known at the end only. */
function gainSoFar(experiment: Experiment, { defect, repair, arm }: Entry, pairs: number, settled: boolean): News {
  const difference = experiment.difference(arm, experiment.asIs, seedList(pairs), 'inner');
  const { estimate } = difference;
  const { low, high } = difference.variance === 0 ? { low: estimate, high: estimate } : limitsOf(difference);
  const { id, title } = repair;
  return { kind: 'gain', defect, arm: id, title, value: estimate, low, high, pairs, settled };
}

/** The arms with the largest inner gain after the first pairs, in their own order: the best of each defect before any second. */
async function race(experiment: Experiment, entries: readonly Entry[], plan: TrialPlan): Promise<readonly Arm[]> {
  const { keep } = plan;
  const arms = entries.map((entry) => entry.arm);
  if (keep === null || keep >= arms.length) return arms;
  const seeds = seedList(plan.seeds.gains.start);
  await experiment.train([experiment.asIs, ...arms], seeds);
  const gains = entries.map(({ arm, defect }) => {
    return { arm, defect, gain: experiment.difference(arm, experiment.asIs, seeds, 'inner').estimate };
  });
  const ranked = gains.sort((a, b) => b.gain - a.gain);
  const isFirst = (i: number): boolean => ranked.findIndex((other) => other.defect === ranked[i]!.defect) === i;
  const order = [...ranked.filter((_, i) => isFirst(i)), ...ranked.filter((_, i) => !isFirst(i))];
  const best = new Set(order.slice(0, keep).map((entry) => entry.arm));
  return arms.filter((arm) => best.has(arm));
}
