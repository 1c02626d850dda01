/** The seeds from .. from+count-1. A seed is a pair: every arm of a comparison is trained with it. */
export function seedList(count: number, from: number = 0): readonly number[] {
  return Array.from({ length: count }, (_, r) => from + r);
}
