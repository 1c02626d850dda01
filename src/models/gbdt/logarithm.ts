const ln2High = 6.93147180369123816e-1;
const ln2Low = 1.9082149292705877e-10;

/**
 * Natural logarithm of a positive finite number with + - x / only, so that every platform gives the same bits
 * (`Math.log` is left to the implementation by the language). x = m 2^k with m near 1, and
 * ln m = 2 atanh((m - 1) / (m + 1)) as a series; absolute error below 1e-15 near 1.
 */
export function logarithm(x: number): number {
  let m = x;
  let k = 0;
  for (; m > Math.SQRT2; k++) m /= 2;
  for (; m < Math.SQRT1_2; k--) m *= 2;
  const s = (m - 1) / (m + 1);
  const q = s * s;
  let sum = 0;
  for (let n = 23; n >= 1; n -= 2) sum = sum * q + 1 / n;
  return k * ln2High + (2 * s * sum + k * ln2Low);
}
