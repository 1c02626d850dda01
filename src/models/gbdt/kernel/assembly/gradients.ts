// The same operations in the same order as `exponential.ts` and `loss.ts`, two rows at a time.

const stepsPerLn2: f64 = 92.33248261893664;
const stepHigh: f64 = 6.93147180369123816e-1 / 64;
const stepLow: f64 = 1.9082149292705877e-10 / 64;
/** 1.5 * 2^52: adding and taking it away rounds to the nearest integer, ties to even. */
const rounder: f64 = 6755399441055744;

/** e^x of both lanes; `fractions` holds 2^(j / 64). */
function exponential(x: v128, fractions: usize): v128 {
  // Kept inside the range in which the integer parts below are normal numbers; the ends are set last.
  const inside = f64x2.max(f64x2.min(x, f64x2.splat(709)), f64x2.splat(-708));
  const n = f64x2.floor(f64x2.add(f64x2.mul(inside, f64x2.splat(stepsPerLn2)), f64x2.splat(0.5)));
  const r = f64x2.sub(f64x2.sub(inside, f64x2.mul(n, f64x2.splat(stepHigh))), f64x2.mul(n, f64x2.splat(stepLow)));
  const q = f64x2.mul(r, r);
  const low = f64x2.mul(q, f64x2.add(f64x2.splat(0.5), f64x2.mul(r, f64x2.splat(1.0 / 6))));
  const high = f64x2.mul(f64x2.mul(q, q), f64x2.add(f64x2.splat(1.0 / 24), f64x2.mul(r, f64x2.splat(1.0 / 120))));
  const p = f64x2.add(f64x2.add(f64x2.add(f64x2.splat(1), r), low), high);
  const steps = i32x4.trunc_sat_f64x2_s_zero(n);
  const n0 = i32x4.extract_lane(steps, 0);
  const n1 = i32x4.extract_lane(steps, 1);
  const fraction = v128.load64_lane(
    fractions + ((<usize>(n1 & 63)) << 3),
    v128.load64_zero(fractions + ((<usize>(n0 & 63)) << 3)),
    1,
  );
  // 2^k by its bits: k is in the exponent's field.
  const power = i64x2.replace_lane(i64x2.splat((<i64>((n0 >> 6) + 1023)) << 52), 1, (<i64>((n1 >> 6) + 1023)) << 52);
  const value = f64x2.mul(f64x2.mul(p, fraction), power);
  const finite = v128.bitselect(f64x2.splat(Infinity), value, f64x2.gt(x, f64x2.splat(709)));
  return v128.andnot(finite, f64x2.lt(x, f64x2.splat(-708)));
}

/**
 * Gradient w (p - y) and hessian w p (1 - p) of each row, side by side. `weight` is 0 where all weights are 1. Returns
 * the sum of the hessians: those of even rows in order plus those of odd rows in order.
 */
export function logLossGradients(
  gradients: usize,
  scores: usize,
  label: usize,
  weight: usize,
  fractions: usize,
  rows: usize,
): f64 {
  let sum = f64x2.splat(0);
  const one = f64x2.splat(1);
  const pairs = rows & ~1;
  for (let i: usize = 0; i < pairs; i += 2) {
    const p = f64x2.div(one, f64x2.add(one, exponential(f64x2.neg(v128.load(scores + (i << 3))), fractions)));
    const w = weight === 0 ? one : v128.load(weight + (i << 3));
    const y = f64x2.replace_lane(f64x2.splat(<f64>load<u8>(label + i)), 1, <f64>load<u8>(label + i, 1));
    const hessian = f64x2.mul(f64x2.mul(w, p), f64x2.sub(one, p));
    const gradient = f64x2.mul(w, f64x2.sub(p, y));
    v128.store(gradients + (i << 4), v128.shuffle<f64>(gradient, hessian, 0, 2));
    v128.store(gradients + (i << 4), v128.shuffle<f64>(gradient, hessian, 1, 3), 16);
    sum = f64x2.add(sum, hessian);
  }
  let even = f64x2.extract_lane(sum, 0);
  if (pairs < rows) {
    const x = f64x2.splat(-load<f64>(scores + (pairs << 3)));
    const p = 1 / (1 + f64x2.extract_lane(exponential(x, fractions), 0));
    const w: f64 = weight === 0 ? 1 : load<f64>(weight + (pairs << 3));
    const hessian = w * p * (1 - p);
    store<f64>(gradients + (pairs << 4), w * (p - <f64>load<u8>(label + pairs)));
    store<f64>(gradients + (pairs << 4), hessian, 8);
    even += hessian;
  }
  return even + f64x2.extract_lane(sum, 1);
}

/** Turns gradients and hessians into integers, and adds `unit` to each hessian to count the row. */
export function roundGradients(gradients: usize, rows: usize, gradient: f64, hessian: f64, unit: f64): void {
  const scale = f64x2.replace_lane(f64x2.splat(gradient), 1, hessian);
  const count = f64x2.replace_lane(f64x2.splat(0), 1, unit);
  const round = f64x2.splat(rounder);
  const end = gradients + (rows << 4);
  for (let at = gradients; at < end; at += 16) {
    const whole = f64x2.sub(f64x2.add(f64x2.mul(v128.load(at), scale), round), round);
    v128.store(at, f64x2.add(whole, count));
  }
}
