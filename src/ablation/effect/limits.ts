import type { Paired } from './paired.js';
import { minimumDetectableEffect } from '../../stats/mde.js';
import { tCdf, tQuantile, tTwoSided } from '../../stats/distributions.js';

/** What a paired difference allows to say, from Student's t with its degrees of freedom. */
export interface Limits {
  /** Two-sided 95%. */
  readonly low: number;
  readonly high: number;
  /** One-sided 95% each. */
  readonly lower95: number;
  readonly upper95: number;
  /** Two-sided, of no difference. */
  readonly p: number;
  /** One-sided, of a difference <= 0: small where the difference is above 0. */
  readonly pAbove: number;
  /** Smallest difference found with power .8 by a two-sided test at .05. */
  readonly mde: number;
}

/** Limits of a difference whose variance is not 0. */
export function limitsOf(difference: Pick<Paired, 'estimate' | 'variance' | 'df'>): Limits {
  const { estimate, df } = difference;
  const se = Math.sqrt(difference.variance);
  const t = estimate / se;
  const wide = tQuantile(0.975, df) * se;
  const side = tQuantile(0.95, df) * se;
  return {
    low: estimate - wide,
    high: estimate + wide,
    lower95: estimate - side,
    upper95: estimate + side,
    p: tTwoSided(t, df),
    pAbove: tCdf(-t, df),
    mde: minimumDetectableEffect(difference),
  };
}
