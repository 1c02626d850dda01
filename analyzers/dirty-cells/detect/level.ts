import type { Column } from '../../../src/core/relation.js';

/** A value of a text column with the rows that hold it. */
export interface Level {
  readonly value: string;
  readonly rows: number;
}

/** A text column by its values, most frequent first, ties in byte order; null words are left out. */
export interface Levels {
  readonly column: Column;
  readonly levels: readonly Level[];
  /** Cells that hold a value. */
  readonly cells: number;
}

export type LevelCode = 'dirty-cells.typo' | 'dirty-cells.unit' | 'dirty-cells.shape';

/** A value that is wrong wherever the column holds it. */
export interface MarkedLevel {
  readonly column: Column;
  readonly level: Level;
  readonly code: LevelCode;
  /** In [0, 1]; ranks inside one code. */
  readonly score: number;
  /** What it should be; null where only its form is odd. */
  readonly suggestion: string | null;
}
