/**
 * A metric with one influence value per row. They sum to 0, and the variance of the metric is the sum of the squares
 * of the influence summed within each sampling unit; paired differences, slopes and other linear combinations of
 * metrics combine their influence in the same way.
 */
export interface Estimate {
  readonly value: number;
  /** One value for each input row, in input order. */
  readonly influence: Float64Array;
}
