/** Options of the template; see the README for what each changes. */
export type TemplateOptions = {
  /** The number that no honest row holds. */
  readonly impossible: number;
};

export const defaults: TemplateOptions = { impossible: -9999 };
