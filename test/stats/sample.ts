/** The twelve rows on which the reference values of these tests were computed with SciPy and scikit-learn. */
export const sample = {
  labels: [1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0],
  user: [0, 1, 2, 2, 3, 0, 0, 1, 2, 3, 4, 4],
  item: [0, 1, 0, 2, 1, 1, 2, 0, 2, 0, 1, 2],
  a: [0.9, 0.8, 0.7, 0.4, 0.6, 0.5, 0.3, 0.4, 0.2, 0.7, 0.1, 0.6],
  b: [0.8, 0.9, 0.5, 0.3, 0.6, 0.6, 0.4, 0.2, 0.1, 0.7, 0.2, 0.5],
  weights: [1, 2, 1, 1, 3, 1, 2, 1, 1, 1, 2, 1],
} as const;
