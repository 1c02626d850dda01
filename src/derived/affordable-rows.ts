import type { Study } from '../core/study.js';

/** Cells that a model is shown at most: of a wide table, fewer rows. A cell is a byte of memory. */
const mostCells = 80_000_000;

/** `rows`, or as many rows of the study as hold {@link mostCells} cells of features where those are fewer. */
export function affordableRows({ roles }: Study, rows: number): number {
  return Math.min(rows, Math.floor(mostCells / Math.max(1, roles.features.length)));
}
