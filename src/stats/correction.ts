/**
 * p-values corrected for a family of tests by Holm 1979 (A simple sequentially rejective multiple test procedure): the
 * chance of one false positive or more stays below the level. In input order, at most 1.
 */
export function holm(p: readonly number[]): number[] {
  const adjusted = p.map(() => 1);
  let largest = 0;
  for (const [place, i] of ascending(p).entries()) {
    largest = Math.max(largest, Math.min(1, (p.length - place) * p[i]!));
    adjusted[i] = largest;
  }
  return adjusted;
}

/**
 * p-values corrected by Benjamini and Hochberg 1995 (Controlling the false discovery rate): among those at most q, the
 * expected share of false ones is at most q. In input order, at most 1.
 */
export function benjaminiHochberg(p: readonly number[]): number[] {
  const adjusted = p.map(() => 1);
  let smallest = 1;
  const order = ascending(p);
  for (let place = order.length - 1; place >= 0; place--) {
    const i = order[place]!;
    smallest = Math.min(smallest, (p[i]! * p.length) / (place + 1));
    adjusted[i] = smallest;
  }
  return adjusted;
}

function ascending(values: readonly number[]): number[] {
  return values.map((_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
}
