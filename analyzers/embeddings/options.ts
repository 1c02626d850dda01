/** Options of `embeddings`; see the README for what each changes. */
export type EmbeddingsOptions = {
  /** Column that injections damage; empty: the first column of vectors. */
  readonly column: string;
  /** Distance of a logarithm of a norm from the median, in robust standard deviations, from which on it is told. */
  readonly z: number;
  /** Different items, users or rows that hold one vector, from which on they are told. */
  readonly shared: number;
};

export const defaults: EmbeddingsOptions = { column: '', z: 10, shared: 3 };
