import type { Curve } from '../../core/effect.js';
import type { Paired } from '../effect/paired.js';
import type { Random } from '../../core/random.js';
import { costCovariance } from './covariance.js';
import { isotonicBand } from './band.js';
import { slopeAtZero } from './slope.js';
import { toleranceOf } from './tolerance.js';

/** Cost (as is minus damaged) of one dose. */
export interface Dosed {
  readonly dose: number;
  readonly cost: Paired;
}

/** The numbers of a curve from costs at ascending doses, all over the same seeds. Dose 0 costs exactly 0. */
export function doseResponse(
  dosed: readonly Dosed[],
  budget: number,
  random: Random,
): Pick<Curve, 'points' | 'slope' | 'tolerance' | 'seeds'> {
  const doses = dosed.map((d) => d.dose);
  const costs = dosed.map((d) => d.cost.estimate);
  const covariance = costCovariance(dosed.map((d) => d.cost));
  const band = isotonicBand(costs, covariance, random);
  const seeds = dosed[0]!.cost.seeds;
  return {
    points: [
      { dose: 0, cost: 0, low: 0, high: 0 },
      ...doses.map((dose, i) => ({ dose, cost: band.fitted[i]!, low: band.low[i]!, high: band.high[i]! })),
    ],
    slope: slopeAtZero(doses, costs, covariance, seeds),
    tolerance: toleranceOf(doses, band.upper95, budget),
    seeds,
  };
}
