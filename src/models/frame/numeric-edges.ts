/** Value bins of a numeric column at most; the 256th bin holds missing values. */
const mostBins = 255;

/**
 * Edges between the value bins of a column from a sample of its values (sorted in place, NaN not allowed): between
 * neighbouring distinct values where there are at most 255 of them, else at quantiles. A bin is the number of edges
 * strictly below a value.
 */
export function numericEdges(values: Float64Array): Float64Array {
  values.sort();
  const edges: number[] = [];
  if (distinctUpTo(values, mostBins + 1) <= mostBins) {
    for (let i = 1; i < values.length; i++)
      if (values[i]! > values[i - 1]!) edges.push(between(values[i - 1]!, values[i]!));
    return Float64Array.from(edges);
  }
  for (let b = 1; b < mostBins; b++) {
    const low = values[Math.ceil((b * values.length) / mostBins) - 1]!;
    const next = values[firstAbove(values, low)];
    if (next === undefined) break;
    const edge = between(low, next);
    if (edges.length === 0 || edge > edges[edges.length - 1]!) edges.push(edge);
  }
  return Float64Array.from(edges);
}

/** Bin of a value, NaN excluded: the number of edges strictly below it. */
export function numericBin(edges: Float64Array, value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Halfway between two values, never the upper one: it must fall above the edge. */
function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}

function distinctUpTo(sorted: Float64Array, limit: number): number {
  let count = sorted.length > 0 ? 1 : 0;
  for (let i = 1; i < sorted.length && count < limit; i++) if (sorted[i]! > sorted[i - 1]!) count++;
  return count;
}

/** Position of the first value above `low` in ascending values. */
function firstAbove(sorted: Float64Array, low: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle]! > low) to = middle;
    else from = middle + 1;
  }
  return from;
}
