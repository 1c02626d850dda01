/** Options of `text`; see the README for what each changes. */
export type TextOptions = {
  /** Characters a column's values have on average from which it is text and no list of categories, at least 1. */
  readonly characters: number;
  /** Text column that injections damage; the first text feature without another role where empty. */
  readonly column: string;
};

export const defaults: TextOptions = { characters: 20, column: '' };
