/** Marked cells of one bucket of time in one slice. */
export interface TimeCell {
  /** Bucket number since 1970. */
  readonly bucket: number;
  readonly rows: number;
  readonly marked: number;
}

/** A stretch of neighbouring buckets in which far more cells are marked than at other times. */
export interface Hot {
  /** First bucket, and the one after the last. */
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  readonly marked: number;
  /** Share of marked cells in the median bucket. */
  readonly usual: number;
  /** Largest binomial z of its buckets. */
  readonly z: number;
}

/** What makes a bucket hot. */
export interface Heat {
  readonly z: number;
  /** Least share of marked cells. */
  readonly share: number;
  /** Least share above the usual one. */
  readonly excess: number;
}
