const perLn2 = 1.4426950408889634;
const ln2High = 6.93147180369123816e-1;
const ln2Low = 1.9082149292705877e-10;

/** 2^k for k = -1074 .. 1023 at index k + 1074; exact, unlike `Math.pow`, which the language leaves open. */
const powers: Float64Array = powersOfTwo();

/**
 * e^x with additions and multiplications only, so that every platform gives the same bits; `Math.exp` is left to the
 * implementation by the language. Argument reduction by ln 2 (Cody and Waite, 1980) and the Taylor polynomial of
 * degree 13 on |r| <= ln(2)/2; relative error below 4e-16. 0 below -708 (about 3e-308), infinite above 709.
 */
export function exponential(x: number): number {
  if (x < -708) return 0;
  if (x > 709) return Infinity;
  const k = Math.floor(x * perLn2 + 0.5);
  const r = x - k * ln2High - k * ln2Low;
  let p = 1 / 6227020800;
  p = p * r + 1 / 479001600;
  p = p * r + 1 / 39916800;
  p = p * r + 1 / 3628800;
  p = p * r + 1 / 362880;
  p = p * r + 1 / 40320;
  p = p * r + 1 / 5040;
  p = p * r + 1 / 720;
  p = p * r + 1 / 120;
  p = p * r + 1 / 24;
  p = p * r + 1 / 6;
  p = p * r + 0.5;
  p = p * r + 1;
  p = p * r + 1;
  return p * powers[k + 1074]!;
}

/** Probability of a log-odds score, in [0, 1]. */
export function sigmoid(score: number): number {
  return 1 / (1 + exponential(-score));
}

function powersOfTwo(): Float64Array {
  const out = new Float64Array(2098);
  out[1074] = 1;
  for (let k = 1; k <= 1023; k++) out[1074 + k] = out[1073 + k]! * 2;
  for (let k = 1; k <= 1074; k++) out[1074 - k] = out[1075 - k]! / 2;
  return out;
}
