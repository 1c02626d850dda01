/** A domain that reads differently from others. */
export interface Odd<T> {
  /** Place of the domain, and of the largest of those that it differs from. */
  readonly domain: number;
  readonly reference: number;
  readonly reading: T;
}

/**
 * Which domains are the odd ones: those that differ from domains with more than half of the rows, so that a majority is never
 * told as odd; where it is exactly half, the later one. `read` gives null where two domains agree, or nothing can be said.
 * The largest domain is first.
 */
export function oddOnes<T>(
  rows: readonly number[],
  read: (reference: number, domain: number) => T | null,
): readonly Odd<T>[] {
  const half = rows.reduce((sum, n) => sum + n, 0) / 2;
  return [...rows.keys()].flatMap((domain): Odd<T>[] => {
    const others = [...rows.keys()].flatMap((reference): Odd<T>[] => {
      const reading = reference === domain ? null : read(reference, domain);
      return reading === null ? [] : [{ domain, reference, reading }];
    });
    const [first] = others;
    const from = others.reduce((sum, { reference }) => sum + rows[reference]!, 0);
    const isOdd = from > half || (from === half && first !== undefined && first.reference < domain);
    return isOdd && first !== undefined ? [first] : [];
  });
}
