import type { Measured } from './yardsticks.js';

/** More cells than this many times what a tail gives are no tail any more. */
const overTail = 2;

/**
 * Whether so many of `rows` cells lie beyond `times` the .99 quantile because the column's tail is heavy. A tail that falls as
 * a power goes on as it fell between the quantiles .9 and .99, or .99 and .999, whichever falls faster (Hill 1975 reads the
 * power off the order statistics); tails that fall faster than that hold fewer.
 */
export function isTail({ near, far, end }: Measured, times: number, cells: number, rows: number): boolean {
  const before = beyond(0.1, near, 0.01, far, times * far);
  const after = beyond(0.01, far, 0.001, end, times * far);
  return cells <= overTail * rows * Math.min(before, after);
}

/** Share beyond `at` of a tail that holds `p` beyond `x` and `q` beyond `y`, `x < y`; 0 where it ends between the two. */
function beyond(p: number, x: number, q: number, y: number, at: number): number {
  if (!(x > 0 && y > x)) return 0;
  const power = Math.log(p / q) / Math.log(y / x);
  return q * (at / y) ** -power;
}
