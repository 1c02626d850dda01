import type { Options } from '../../src/core/defect.js';

/** Options of `label-noise`, settable by name in a config file. */
export interface LabelNoiseOptions extends Options {
  /** A cell is hot where its positives exceed what the model expects by more than this many standard errors. */
  readonly z: number;
  /** Hot cells grow to neighbouring stretches of time above this z. */
  readonly zNext: number;
  /** ... and its positives are at least this many times the expected ones: significance alone means little at large n. */
  readonly ratio: number;
  /** Columns with at most about this many values are cut into slices. */
  readonly levels: number;
  /** Share of each given class on its review list, in (0, 1]. */
  readonly budget: number;
  /** Rows that models learn from; of more, whole users drawn by chance. All rows are scored. */
  readonly rows: number;
  /** Rows among which hot slices are looked for; of more, whole users drawn by chance. */
  readonly sliceRows: number;
  /** Offer the row by row repairs even where nothing is called. */
  readonly always: boolean;
  /** Slices that the mechanism `slice` damages, as JSON; empty: it chooses one. */
  readonly slices: string;
}

export const defaults: LabelNoiseOptions = {
  z: 6,
  zNext: 3,
  ratio: 1.25,
  levels: 64,
  budget: 0.01,
  rows: 200_000,
  sliceRows: 4_000_000,
  always: false,
  slices: '',
};

/** Below this positive rate lost positives cannot be found by ranking (measured: AP .045 and .006 at 1%). */
export const rareRate = 0.03;
