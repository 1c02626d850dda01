const stepsPerLn2 = 92.33248261893664;
/** ln 2 / 64 in two parts; the high one has 33 significant bits, so that its multiples below 2^17 are exact. */
const stepHigh = 6.93147180369123816e-1 / 64;
const stepLow = 1.9082149292705877e-10 / 64;

/** 2^(j / 64) for j = 0 .. 63, from square roots, which every platform rounds alike. */
export const fractions: Float64Array = fractionsOfTwo();
/** 2^k at index k + 1074; `Math.pow` is left to the implementation. */
const powers: Float64Array = powersOfTwo();

/**
 * e^x with + - x only, so that every platform gives the same bits; `Math.exp` is left to the implementation by the
 * language. x = (64 k + j) ln 2 / 64 + r with |r| < .0055, a table for 2^(j / 64) and a polynomial of degree 5 in r
 * (Tang 1989, Table-driven implementation of the exponential function). Relative error below 1e-15. 0 below -708 (about
 * 3e-308), infinite above 709.
 */
export function exponential(x: number): number {
  if (x < -708) return 0;
  if (x > 709) return Infinity;
  const n = Math.floor(x * stepsPerLn2 + 0.5) | 0;
  const r = x - n * stepHigh - n * stepLow;
  const q = r * r;
  const p = 1 + r + q * (0.5 + r * (1 / 6)) + q * q * (1 / 24 + r * (1 / 120));
  return p * fractions[n & 63]! * powers[(n >> 6) + 1074]!;
}

/** Probability of a log-odds score, in [0, 1]. */
export function sigmoid(score: number): number {
  return 1 / (1 + exponential(-score));
}

function fractionsOfTwo(): Float64Array {
  const out = new Float64Array(64).fill(1);
  let root = 2;
  for (let bit = 32; bit >= 1; bit /= 2) {
    root = Math.sqrt(root);
    for (let j = 0; j < 64; j++) if ((j & bit) !== 0) out[j]! *= root;
  }
  return out;
}

function powersOfTwo(): Float64Array {
  const out = new Float64Array(2098);
  out[1074] = 1;
  for (let k = 1; k <= 1023; k++) out[1074 + k] = out[1073 + k]! * 2;
  for (let k = 1; k <= 1074; k++) out[1074 - k] = out[1075 - k]! / 2;
  return out;
}
