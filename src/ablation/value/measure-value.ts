import type { Experiment } from '../experiment.js';
import type { Random } from '../../core/random.js';
import type { Reduction } from './reduction.js';
import type { StudyPlan } from '../plan/studies.js';
import type { Unsupported } from '../../core/defect.js';
import type { ValueCurve } from '../../core/worth.js';
import { daysKept, dayShares } from './days-kept.js';
import { negativesKept, negativeShares } from './negatives-kept.js';
import { rowsKept, rowShares } from './rows-kept.js';
import { spread } from './reduction.js';
import { valueCurve } from './value-curve.js';

export interface MeasuredValue {
  readonly curves: readonly ValueCurve[];
  /** Why a curve that was asked for is not there, in words. */
  readonly leftOut: readonly string[];
}

/** Points of each curve at most. */
export const valuePoints: Readonly<Record<ValueCurve['of'], number>> = {
  rows: rowShares.length,
  negatives: negativeShares.length,
  days: dayShares.length,
};

/** The value curves that the plan asks for. `budget` is what a reduction may cost in AUC. */
export async function measureValue(
  experiment: Experiment,
  plan: StudyPlan,
  budget: number,
  random: Random,
): Promise<MeasuredValue> {
  const curves: ValueCurve[] = [];
  const leftOut: string[] = [];
  const makers: readonly [number, ValueCurve['of'], () => Promise<Reduction | Unsupported>][] = [
    [plan.rows, 'rows', () => rowsKept(experiment, spread(rowShares, plan.rows), random.fork('rows'))],
    [plan.days, 'days', () => daysKept(experiment, spread(dayShares, plan.days))],
    [
      plan.negatives,
      'negatives',
      () => negativesKept(experiment, spread(negativeShares, plan.negatives), random.fork('negatives')),
    ],
  ];
  for (const [points, of, reduce] of makers) {
    if (points === 0) continue;
    const reduction = await reduce();
    const curve = 'unsupported' in reduction ? reduction : await valueCurve(experiment, reduction, plan.seeds, budget);
    if ('unsupported' in curve) leftOut.push(`The value of ${of} was not measured: ${curve.unsupported}`);
    else curves.push(curve);
  }
  return { curves, leftOut };
}
