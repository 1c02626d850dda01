/** A domain that reads differently from the reference. */
export interface Odd<T> {
  /** Place of the domain. */
  readonly domain: number;
  readonly reading: T;
}

/**
 * Which domains are the odd ones: each is compared with one of them, the one that most rows agree with (of equals, the
 * first), so that a majority is never told as odd. `read` gives null where two domains agree.
 */
export function oddOnes<T>(
  rows: readonly number[],
  read: (reference: number, domain: number) => T | null,
): { readonly reference: number; readonly odd: readonly Odd<T>[] } {
  let best: { reference: number; agreeing: number; odd: Odd<T>[] } = { reference: 0, agreeing: -1, odd: [] };
  for (const reference of rows.keys()) {
    const odd: Odd<T>[] = [];
    let agreeing = rows[reference]!;
    for (const domain of rows.keys()) {
      const reading = domain === reference ? null : read(reference, domain);
      if (reading === null) agreeing += domain === reference ? 0 : rows[domain]!;
      else odd.push({ domain, reading });
    }
    if (agreeing > best.agreeing) best = { reference, agreeing, odd };
    // All agree: no other reference can do better.
    if (odd.length === 0) break;
  }
  return { reference: best.reference, odd: best.odd };
}
