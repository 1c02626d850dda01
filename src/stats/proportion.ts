import { betaQuantile, normalQuantile, normalTwoSided } from './distributions.js';

/** Limits of a two-sided interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson 1927 (Probable inference): the interval of a share, good for small counts too. `successes` of `trials`;
 * [0, 1] without trials.
 */
export function wilson(successes: number, trials: number, level: number = 0.95): Interval {
  if (trials <= 0) return { low: 0, high: 1 };
  const z = normalQuantile((1 + level) / 2);
  const share = successes / trials;
  const centre = share + (z * z) / (2 * trials);
  const half = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  const scale = 1 + (z * z) / trials;
  return {
    low: successes <= 0 ? 0 : Math.max(0, (centre - half) / scale),
    high: successes >= trials ? 1 : Math.min(1, (centre + half) / scale),
  };
}

/** Clopper and Pearson 1934: the interval of a share that never covers less than its level. */
export function clopperPearson(successes: number, trials: number, level: number = 0.95): Interval {
  const tail = (1 - level) / 2;
  return {
    low: successes <= 0 ? 0 : betaQuantile(tail, successes, trials - successes + 1),
    high: clopperPearsonUpper(successes, trials, 1 - tail),
  };
}

/** One-sided upper limit of a share: at least `level` sure that the true share is below. */
export function clopperPearsonUpper(successes: number, trials: number, level: number = 0.95): number {
  return successes >= trials ? 1 : betaQuantile(level, successes + 1, trials - successes);
}

/** A share in two samples; `effect` is how many rows count as one (1 where rows are independent). */
export interface Sample {
  readonly successes: number;
  readonly trials: number;
  readonly effect?: number;
}

export interface TwoProportions extends Interval {
  /** Share of `b` less share of `a`; `low` and `high` are its 95% limits. */
  readonly difference: number;
  /** Pooled z, positive where `b` is larger; 0 where both shares are 0 or 1. */
  readonly z: number;
  /** Two-sided. */
  readonly p: number;
  /** Share of `b` over share of `a`, with 95% limits on the log scale; NaN where either has no success. */
  readonly ratio: number;
  readonly ratioLow: number;
  readonly ratioHigh: number;
}

/** Pooled two-proportion z-test with unpooled limits of the difference and log-scale limits of the ratio. */
export function twoProportions(a: Sample, b: Sample): TwoProportions {
  const n = { a: a.trials / (a.effect ?? 1), b: b.trials / (b.effect ?? 1) };
  const share = { a: a.successes / a.trials, b: b.successes / b.trials };
  const difference = share.b - share.a;
  const pooled = (a.successes + b.successes) / (a.trials + b.trials);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / n.a + 1 / n.b));
  const z = error > 0 ? difference / error : 0;
  const limit = normalQuantile(0.975);
  const half = limit * Math.sqrt((share.a * (1 - share.a)) / n.a + (share.b * (1 - share.b)) / n.b);
  const known = a.successes > 0 && b.successes > 0;
  const ratio = known ? share.b / share.a : Number.NaN;
  const spread = limit * Math.sqrt((1 - share.a) / (share.a * n.a) + (1 - share.b) / (share.b * n.b));
  return {
    difference,
    low: difference - half,
    high: difference + half,
    z,
    p: normalTwoSided(z),
    ratio,
    ratioLow: ratio * Math.exp(-spread),
    ratioHigh: ratio * Math.exp(spread),
  };
}
