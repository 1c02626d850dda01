/** Bins of a private column at most. */
const mostBins = 255;
/** Steps of the grid on which quantiles are found, so that nothing needs sorting. */
const steps = 65_536;

/** How the values of a private column become bins. */
export interface PrivateBins {
  readonly count: number;
  /** Bins of values; those beyond the training ones fall into the first and last bin. */
  readonly of: (values: Float64Array) => Uint8Array;
}

/**
 * At most 255 bins of about equal weight, from values and the weight that each stands for. Edges lie on a grid of 65,536
 * steps between the least and the greatest value that has weight.
 */
export function privateBins(values: Float64Array, mass: Float64Array): PrivateBins {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (!(mass[i]! > 0)) continue;
    if (values[i]! < low) low = values[i]!;
    if (values[i]! > high) high = values[i]!;
  }
  if (!(high > low)) return { count: 1, of: (some) => new Uint8Array(some.length) };
  const scale = (steps - 1) / (high - low);
  const stepOf = (value: number): number =>
    value <= low ? 0 : value >= high ? steps - 1 : Math.floor((value - low) * scale);
  const weights = new Float64Array(steps);
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    if (!(mass[i]! > 0)) continue;
    weights[stepOf(values[i]!)]! += mass[i]!;
    total += mass[i]!;
  }
  const bins = divide(weights, total);
  const of = (some: Float64Array): Uint8Array => {
    const out = new Uint8Array(some.length);
    for (let i = 0; i < out.length; i++) out[i] = bins[stepOf(some[i]!)]!;
    return out;
  };
  return { count: bins[steps - 1]! + 1, of };
}

/** Bin of each step: a bin is full once it holds its share of the weight that is left for it and those after it. */
function divide(weights: Float64Array, total: number): Uint8Array {
  const bins = new Uint8Array(steps);
  let left = total;
  let filled = 0;
  let bin = 0;
  for (let step = 0; step < steps; step++) {
    if (weights[step]! > 0 && filled > 0 && bin < mostBins - 1 && filled >= left / (mostBins - bin)) {
      left -= filled;
      filled = 0;
      bin++;
    }
    bins[step] = bin;
    filled += weights[step]!;
  }
  return bins;
}
