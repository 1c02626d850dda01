import jstat from 'jstat';

/**
 * Distribution functions and quantiles. They are jStat's, which agree with SciPy to 1e-7 over the tested grid; here
 * edges are settled (infinite degrees of freedom, p of 0 and 1), and upper tails are not computed as 1 - cdf where
 * symmetry gives them whole.
 */
const { normal, studentt, chisquare, beta, binomial } = jstat.jStat;

/** Above this many degrees of freedom Student's t is the normal distribution to 7 digits. */
const manyDf = 1e7;

export function normalCdf(x: number): number {
  return normal.cdf(x, 0, 1);
}

/** Value below which a standard normal variable lies with probability `p`. */
export function normalQuantile(p: number): number {
  if (p === 0.5) return 0;
  return edge(p, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY) ?? normal.inv(p, 0, 1);
}

export function tCdf(x: number, df: number): number {
  if (x === 0) return 0.5;
  if (!Number.isFinite(x)) return x > 0 ? 1 : Number.isNaN(x) ? x : 0;
  return df > manyDf ? normalCdf(x) : studentt.cdf(x, df);
}

export function tQuantile(p: number, df: number): number {
  if (df > manyDf || p === 0.5) return normalQuantile(p);
  return edge(p, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY) ?? studentt.inv(p, df);
}

/** Two-sided p-value of a t statistic. */
export function tTwoSided(t: number, df: number): number {
  return Math.min(1, 2 * tCdf(-Math.abs(t), df));
}

/** Two-sided p-value of a z statistic. */
export function normalTwoSided(z: number): number {
  return Math.min(1, 2 * normalCdf(-Math.abs(z)));
}

/** Upper tail of chi-square: the p-value of a statistic; below about 1e-15 it is 0. */
export function chiSquareTail(x: number, df: number): number {
  if (!(x > 0)) return Number.isNaN(x) ? x : 1;
  if (df <= 0 || x === Number.POSITIVE_INFINITY) return 0;
  return Math.min(1, Math.max(0, 1 - chisquare.cdf(x, df)));
}

/** Of this shape on, a gamma variable is a normal one to the digits that matter. */
const normalShape = 1e4;

/**
 * Chance that a standardised sum exceeds `z`, where its distribution has a skewness: Pearson's type III (1895), a shifted
 * gamma variable, normal where the skewness is 0. A count of rare marks has a longer tail than the normal one.
 */
export function skewedTail(z: number, skewness: number): number {
  const shape = 4 / skewness ** 2;
  if (!(skewness > 0) || shape > normalShape) return normalCdf(-z);
  return chiSquareTail(2 * (z * Math.sqrt(shape) + shape), 2 * shape);
}

export function chiSquareQuantile(p: number, df: number): number {
  return edge(p, 0, Number.POSITIVE_INFINITY) ?? chisquare.inv(p, df);
}

export function betaCdf(x: number, alpha: number, b: number): number {
  if (x <= 0) return 0;
  return x >= 1 ? 1 : beta.cdf(x, alpha, b);
}

export function betaQuantile(p: number, alpha: number, b: number): number {
  return edge(p, 0, 1) ?? beta.inv(p, alpha, b);
}

/** Chance of at most `k` successes in `n` trials of probability `p`. */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  return k >= n ? 1 : binomial.cdf(Math.floor(k), n, p);
}

/** Smallest k with `binomialCdf(k, n, p) >= q`. */
export function binomialQuantile(q: number, n: number, p: number): number {
  let low = 0;
  let high = n;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (binomialCdf(middle, n, p) >= q) high = middle;
    else low = middle + 1;
  }
  return low;
}

function edge(p: number, atZero: number, atOne: number): number | null {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0) return atZero;
  return p === 1 ? atOne : null;
}
