/**
 * The non-decreasing sequence closest to `values` in weighted least squares, by pooling adjacent violators (Ayer et al.
 * 1955; O(n)). Weights are positive, 1 where absent.
 */
export function isotonic(values: ArrayLike<number>, weights?: ArrayLike<number> | null): Float64Array {
  const mean: number[] = [];
  const weight: number[] = [];
  const size: number[] = [];
  for (let i = 0; i < values.length; i++) {
    mean.push(values[i]!);
    weight.push(weights?.[i] ?? 1);
    size.push(1);
    while (mean.length > 1 && mean.at(-2)! > mean.at(-1)!) pool(mean, weight, size);
  }
  const fitted = new Float64Array(values.length);
  let at = 0;
  for (const [block, value] of mean.entries()) {
    fitted.fill(value, at, at + size[block]!);
    at += size[block]!;
  }
  return fitted;
}

/** Merges the last two blocks into their weighted mean. */
function pool(mean: number[], weight: number[], size: number[]): void {
  const [value, mass, count] = [mean.pop()!, weight.pop()!, size.pop()!];
  const last = mean.length - 1;
  const total = weight[last]! + mass;
  mean[last] = (mean[last]! * weight[last]! + value * mass) / total;
  weight[last] = total;
  size[last]! += count;
}
