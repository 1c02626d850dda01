import type { Experiment } from '../experiment.js';
import type { Paired } from '../effect/paired.js';
import type { Reduction, ReductionStep } from './reduction.js';
import type { Unsupported } from '../../core/defect.js';
import type { ValueCurve, ValuePoint } from '../../core/worth.js';
import { costLimits } from '../effect/cost-limits.js';
import { seedList } from '../seeds.js';
import { tooFewUnits } from '../effect/floor.js';

/** Trains on each reduction and compares it with all rows, seed by seed. `budget` is in AUC. */
export async function valueCurve(
  experiment: Experiment,
  reduction: Reduction,
  pairs: number,
  budget: number,
): Promise<ValueCurve | Unsupported> {
  const seeds = seedList(pairs);
  await experiment.train([experiment.asIs], seeds);
  const auc = experiment.level(experiment.asIs, seeds, 'evaluation').estimate;
  const points: ValuePoint[] = [];
  for (const step of reduction.steps) {
    const cost = await costOf(experiment, step, seeds);
    const thin = tooFewUnits(cost);
    if (thin !== null) return { unsupported: thin };
    points.push({
      ...(await sizeOf(experiment, reduction, step, seeds)),
      ...costLimits(cost),
      auc: auc - cost.estimate,
    });
  }
  return { of: reduction.of, total: reduction.total, points, within: withinBudget(points, budget), seeds: pairs };
}

async function costOf(experiment: Experiment, { arm }: ReductionStep, seeds: readonly number[]): Promise<Paired> {
  await experiment.train([arm], seeds);
  const cost = experiment.difference(experiment.asIs, arm, seeds, 'evaluation');
  experiment.forget(arm);
  return cost;
}

async function sizeOf(
  experiment: Experiment,
  { total }: Reduction,
  step: ReductionStep,
  seeds: readonly number[],
): Promise<Pick<ValuePoint, 'kept' | 'share' | 'work'>> {
  let [units, rows] = [0, 0];
  for (const seed of seeds) {
    const kept = await step.kept(seed);
    units += kept.units / seeds.length;
    rows += kept.rows / seeds.length;
  }
  return { kept: Math.round(units), share: units / total, work: rows / experiment.trainRows };
}

/**
 * The fewest units whose loss stays within the budget by its one-sided 95% limit. Reductions are looked at in order and
 * the first one that breaks the budget ends the search: tests in a fixed sequence need no correction (Maurer, Hothorn &
 * Lehmacher 1995).
 */
export function withinBudget(
  points: readonly Pick<ValuePoint, 'kept' | 'upper95'>[],
  budget: number,
): ValueCurve['within'] {
  const broken = points.findIndex((point) => point.upper95 > budget);
  if (broken === 0) return { budget, kept: points[0]!.kept, relation: 'none' };
  if (broken === -1) return { budget, kept: points.at(-1)!.kept, relation: 'at-most' };
  return { budget, kept: points[broken - 1]!.kept, relation: 'down-to' };
}
