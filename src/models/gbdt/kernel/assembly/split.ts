import { column } from './histogram';

/**
 * The best split of a histogram as in `splitting.ts`: a lane for missing values on the right, one for the left.
 * Writes column (-1: none above `score`), bin, side of missing values as 32-bit integers and the score as a double to
 * `out`. All bounds are in the integers of the histogram.
 */
export function findSplit(
  histogram: usize,
  bins: usize,
  columns: usize,
  gradients: f64,
  hessians: f64,
  fewest: f64,
  most: f64,
  least: f64,
  greatest: f64,
  l2: f64,
  score: f64,
  rounder: f64,
  out: usize,
): void {
  store<i32>(out, -1);
  const zero = f64x2.splat(0);
  let top = score;
  for (let c: usize = 0; c < columns; c++) {
    const first = histogram + c * column;
    const end = first + ((<usize>load<u32>(bins + (c << 2))) << 4);
    const missing = v128.load(end);
    let left = v128.shuffle<f64>(zero, missing, 0, 2);
    let second = v128.shuffle<f64>(zero, missing, 0, 3);
    // Without missing values both lanes are alike; the second one then must not win.
    const someMissing = f64x2.extract_lane(missing, 1) > 0;
    let best = f64x2.replace_lane(f64x2.splat(top), 1, someMissing ? top : Infinity);
    let place = i64x2.splat(-1);
    for (let at = first; at < end; at += 16) {
      left = f64x2.add(left, v128.load64_splat(at));
      second = f64x2.add(second, v128.load64_splat(at, 8));
      const rows = f64x2.sub(f64x2.add(second, f64x2.splat(rounder)), f64x2.splat(rounder));
      const hessian = f64x2.sub(second, rows);
      const right = f64x2.sub(f64x2.splat(gradients), left);
      const leftPart = f64x2.add(hessian, f64x2.splat(l2));
      const rightPart = f64x2.add(f64x2.sub(f64x2.splat(hessians), hessian), f64x2.splat(l2));
      const here = f64x2.div(
        f64x2.add(f64x2.mul(f64x2.mul(left, left), rightPart), f64x2.mul(f64x2.mul(right, right), leftPart)),
        f64x2.mul(leftPart, rightPart),
      );
      const enough = v128.and(
        v128.and(f64x2.ge(rows, f64x2.splat(fewest)), f64x2.le(rows, f64x2.splat(most))),
        v128.and(f64x2.ge(hessian, f64x2.splat(least)), f64x2.le(hessian, f64x2.splat(greatest))),
      );
      const better = v128.and(enough, f64x2.gt(here, best));
      best = v128.bitselect(here, best, better);
      place = v128.bitselect(i64x2.splat(<i64>at), place, better);
    }
    for (let side = 0; side < 2; side++) {
      const at = side === 0 ? i64x2.extract_lane(place, 0) : i64x2.extract_lane(place, 1);
      const value = side === 0 ? f64x2.extract_lane(best, 0) : f64x2.extract_lane(best, 1);
      if (at < 0 || !(value > top)) continue;
      top = value;
      store<i32>(out, <i32>c);
      store<i32>(out, <i32>((<usize>at - first) >> 4), 4);
      store<i32>(out, side, 8);
      store<f64>(out, value, 16);
    }
  }
}
