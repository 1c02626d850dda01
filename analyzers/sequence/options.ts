/** Options of `sequence`; see the README for what each changes. */
export type SequenceOptions = {
  /** Share of rows earlier than the row before them up to which a file counts as ordered by time. */
  readonly mostBack: number;
  /** Seconds by which rows of an ordered file may be out of place. */
  readonly jitter: number;
  /** Share of rows that share their moment with another row of their user from which it is told. */
  readonly tied: number;
};

export const defaults: SequenceOptions = { mostBack: 0.1, jitter: 1, tied: 0.01 };
