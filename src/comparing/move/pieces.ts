import type { Frame } from '../../models/frame/frame.js';
import type { CoarseBins } from './coarse-bins.js';
import { benjaminiHochberg } from '../../stats/correction.js';
import { psi } from '../../stats/psi.js';

/** A part of the rows of B, and the rows of A to hold it against. */
export interface Piece {
  /** In words: `hour = 20`, `2026-03-02T14:00:00Z to 2026-03-02T15:00:00Z`. */
  readonly name: string;
  /** Seconds since 1970, from inclusive, to exclusive, where it is a stretch of time. */
  readonly stretch: { readonly from: number; readonly to: number } | null;
  readonly a: Int32Array;
  readonly b: Int32Array;
}

/** A piece in which a column is unlike A; PSI less its bias. */
export interface OddPiece extends Piece {
  readonly psi: number;
}

/** PSI less its bias must be above this: a part of the rows matters less than all of them. */
export const leastExcess = 0.1;
/** Corrected p at most this: a log has many hours, and users repeat within them, so p says more than it knows. */
const q = 0.0001;

/** Rows of a column by coarse bin; a list of rows that was counted before is not counted again. */
export type CountsOf = (rows: Int32Array) => Float64Array;

/** All of A stands against hundreds of pieces, so its counts are kept, by the list itself. */
export function countsOf(frame: Frame, column: number, { group, groups }: CoarseBins): CountsOf {
  const groupAt = new Uint8Array(frame.rows);
  for (let row = 0; row < frame.rows; row++) groupAt[row] = group[frame.bins[row * frame.stride + column]!]!;
  const known = new Map<Int32Array, Float64Array>();
  return (rows) => {
    const before = known.get(rows);
    if (before !== undefined) return before;
    const counts = new Float64Array(groups);
    for (const row of rows) counts[groupAt[row]!]!++;
    known.set(rows, counts);
    return counts;
  };
}

/**
 * The pieces in which the column is distributed otherwise than in A, and, where `strays` is given, further from A than it
 * (what A's own pieces stray from all of A).
 */
export function oddPieces(counts: CountsOf, pieces: readonly Piece[], strays = 0): readonly OddPiece[] {
  const judged = pieces.map((piece) => ({ piece, ...pieceDistance(counts, piece) }));
  const adjusted = benjaminiHochberg(judged.map(({ p }) => p));
  return judged.flatMap(({ piece, excess }, i) =>
    excess > Math.max(leastExcess, strays) && adjusted[i]! <= q ? [{ ...piece, psi: excess }] : [],
  );
}

export function pieceDistance(
  counts: CountsOf,
  { a, b }: Pick<Piece, 'a' | 'b'>,
): { readonly excess: number; readonly p: number } {
  return psi(counts(a), counts(b));
}
