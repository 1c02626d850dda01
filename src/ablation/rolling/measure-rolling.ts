import type { Candidate } from '../repairs.js';
import type { DayDifference } from './pool-days.js';
import type { Experiment } from '../experiment.js';
import type { Origin } from './origins.js';
import type { Plan } from '../../core/plan.js';
import type { RollingDay, RollingGain } from '../../core/worth.js';
import type { Run } from '../../core/run.js';
import type { RowSet } from '../effect/row-set.js';
import type { Trainer } from '../../models/trainer.js';
import type { TrialPlan } from '../plan/trial-plan.js';
import { createExperiment } from '../experiment.js';
import { leastDays } from './least-days.js';
import { limitsOf } from '../effect/limits.js';
import { originsOf, secondsOfDay } from './origins.js';
import { originStudy } from './origin-study.js';
import { poolDays } from './pool-days.js';
import { seedList } from '../seeds.js';
import { tooFewRows, tooFewUnits } from '../effect/floor.js';

/** What is rolled over the days. */
export interface Rolled {
  readonly title: string;
  readonly defects: readonly string[];
  readonly plan: Plan;
}

export interface Rolling {
  /** Null where it was not measured. */
  readonly gain: RollingGain | null;
  readonly leftOut: readonly string[];
}

/** The repair with the largest gain on the evaluation rows; null where none was trained. */
export function bestRepair(experiment: Experiment, candidates: readonly Candidate[]): Rolled | null {
  const gains = candidates.flatMap(({ defect, repair, arm, pairs }) => {
    if (pairs < 2) return [];
    const { estimate } = experiment.difference(arm, experiment.asIs, seedList(pairs), 'evaluation');
    return [{ title: repair.title, defects: [defect], plan: repair.plan, estimate }];
  });
  const [best] = gains.sort((a, b) => b.estimate - a.estimate);
  return best === undefined ? null : { title: best.title, defects: best.defects, plan: best.plan };
}

/**
 * Rolls over the last days of the training rows that the plan pays for: trains on the days before each with and without
 * the repairs and scores the day, paired by seed. Rounds, encoding and row draws are those of the experiment, whose own
 * run `run` has to be.
 */
export async function measureRolling(
  experiment: Experiment,
  trainer: Trainer,
  plan: TrialPlan,
  rolled: Rolled | null,
  run: Run,
): Promise<Rolling> {
  const { origins: most, seeds: pairs } = plan.studies;
  if (most === 0 || rolled === null) return { gain: null, leftOut: [] };
  const seeds = seedList(pairs);
  const days: ScoredDay[] = [];
  const origins = originsOf(experiment.frame).slice(-most);
  for (const origin of origins) {
    const day = await scoreDay(experiment, trainer, plan, { origin, rolled, seeds }, run);
    if (day !== null) days.push(day);
  }
  const thin = origins.length - days.length;
  const leftOut =
    thin === 0
      ? []
      : [
          `${thin} of ${origins.length} days say nothing of the gain over days: too few sampling units, or nothing to repair before them.`,
        ];
  if (days.length < leastDays) return { gain: null, leftOut };
  const { title, defects } = rolled;
  return { gain: { title, defects, days: days.map((day) => day.told), ...poolDays(days), seeds: pairs }, leftOut };
}

interface ScoredDay extends DayDifference {
  readonly told: RollingDay;
}

/** Null where the day is too thin for an interval, or the repairs change nothing that was known before it. */
async function scoreDay(
  experiment: Experiment,
  trainer: Trainer,
  plan: TrialPlan,
  what: { readonly origin: Origin; readonly rolled: Rolled; readonly seeds: readonly number[] },
  run: Run,
): Promise<ScoredDay | null> {
  const { origin, rolled, seeds } = what;
  const { study, frame } = await originStudy(experiment.study, experiment.frame, origin, run);
  const { train, tuning } = study.split!.rows;
  const sampled = plan.rows.train === null ? null : Math.round((plan.rows.train * origin.before) / (train + tuning));
  const size = { ...plan, rows: { ...plan.rows, train: sampled } };
  const before = createExperiment(study, { ...trainer, frame }, size, run);
  const rows = before.rows('evaluation');
  if (tooFewRows(rows) !== null) return null;
  const arm = await before.arm(rolled.title, rolled.plan);
  await before.train([before.asIs, arm], seeds);
  const difference = before.difference(arm, before.asIs, seeds, 'evaluation');
  if (tooFewUnits(difference) !== null) return null;
  const { low, high } = limitsOf(difference);
  return {
    told: {
      day: new Date(origin.day * secondsOfDay * 1000).toISOString().slice(0, 10),
      trainRows: before.trainRows,
      rows: rows.at.length,
      positives: rows.positives,
      value: difference.estimate,
      low,
      high,
    },
    difference,
    units: unitsOf(before, rows),
  };
}

/** The frame's number of each sampling unit of the rows. */
function unitsOf({ frame, scored }: Experiment, rows: RowSet): Int32Array {
  const units = new Int32Array(rows.units);
  rows.at.forEach((position, i) => (units[rows.unit[i]!] = frame.unit[scored[position]!]!));
  return units;
}
