/** What a person changes in a recipe. */
export interface RecipeEdit {
  /** Places (from 0) of the steps that stay, in the order in which they shall be applied; the others are rejected. */
  readonly order: readonly number[];
  /** New factors (finite, 0 or more) of steps that weight rows, by their place. */
  readonly strength: Readonly<Record<number, number>>;
  /** Rows (`file:row`, both from 0) that no row step may touch, besides those of the recipe. */
  readonly exceptions: readonly { readonly row: string; readonly reason?: string }[];
}

/**
 * Whether the measured gain of the step at `place` of the edited order still stands: it was measured on top of the steps
 * before it, so nothing up to it may have changed, and no row may have been set apart.
 */
export function stillMeasured({ order, strength, exceptions }: RecipeEdit, place: number): boolean {
  const untouched = order.slice(0, place + 1).every((at, i) => at === i && strength[at] === undefined);
  return untouched && exceptions.length === 0;
}
