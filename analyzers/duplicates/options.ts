/** `duplicates` has nothing to set yet; the type keeps the place. */
export type DuplicatesOptions = Readonly<Record<never, never>>;

export const defaults: DuplicatesOptions = {};
