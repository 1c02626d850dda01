import type { Frame } from '../../models/frame/frame.js';
import type { CountsOf, OddPiece, Piece } from './pieces.js';
import { benjaminiHochberg } from '../../stats/correction.js';
import { coarseBins, countBins } from './coarse-bins.js';
import { countsOf, oddPieces, pieceDistance } from './pieces.js';
import { slicesOf } from './slices.js';
import { bucketsOf, oddStretches, stretchText, type Buckets } from './stretches.js';

/** A column whose values are distributed otherwise in B than in A: in all rows of B, or in a piece of them. */
export interface Move {
  /** Index into `frame.columns`. */
  readonly column: number;
  /** Where, in words: `hour = 19 or hour = 20`; null: in all rows. */
  readonly where: string | null;
  /** PSI less its bias, of the moved rows of B against those of A; of several pieces, the largest. */
  readonly psi: number;
  /** Rows of B whose cells have moved, and rows of A as an example; pieces are disjoint in B. */
  readonly pieces: readonly Pick<Piece, 'a' | 'b' | 'stretch'>[];
  /** Rows of B in all pieces. */
  readonly rows: number;
}

/** Corrected p at most this, and PSI less its bias above the margin: the rule of drift. */
const q = 0.01;
const margin = 0.02;
/** With more pieces than this a move is told as one of the whole column. */
const mostPieces = 6;
/**
 * Columns that moved, the largest PSI times rows first. Where a few hours, or a few values of another column, hold all
 * that moved, they are told instead of the whole column. Reads features, no label. Ids of more levels than bins are left
 * out: they come and go.
 */
export function findMoves(frame: Frame, a: Int32Array, b: Int32Array): readonly Move[] {
  const columns = frame.columns.flatMap((_, c) => (frame.codes.has(c) ? [] : [c]));
  const slices = new Map(columns.flatMap((c) => entry(c, slicesOf(frame, c, a, b))));
  const places: Places = { slices, buckets: bucketsOf(frame, a, b) };
  const looks = columns.map((c) => look(frame, c, a, b, places));
  const adjusted = benjaminiHochberg(looks.map(({ whole }) => (whole.excess > margin ? whole.p : 1)));
  const moves = looks.flatMap(({ column, pieces, whole }, i) => {
    if (pieces.length > 0) return [inPieces(column, pieces)];
    if (whole.excess <= margin || adjusted[i]! > q) return [];
    return [{ column, where: null, psi: whole.excess, pieces: [{ a, b, stretch: null }], rows: b.length }];
  });
  return moves.sort((x, y) => y.psi * y.rows - x.psi * x.rows || x.column - y.column);
}

function entry<T>(key: number, value: T | null): readonly (readonly [number, T])[] {
  return value === null ? [] : [[key, value]];
}

/** Where a move may be confined to. */
interface Places {
  /** Rows by value, for each column of few values. */
  readonly slices: ReadonlyMap<number, readonly Piece[]>;
  readonly buckets: Buckets | null;
}

interface Look {
  readonly column: number;
  /** The pieces that hold all that moved; empty where there are none. */
  readonly pieces: readonly OddPiece[];
  readonly whole: { readonly excess: number; readonly p: number };
}

function look(frame: Frame, column: number, a: Int32Array, b: Int32Array, { slices, buckets }: Places): Look {
  const counts = countsOf(frame, column, coarseBins(frame.columns[column]!, countBins(frame, column, a)));
  const whole = pieceDistance(counts, { a, b });
  const found = [...slices].filter(([other]) => other !== column).map(([, pieces]) => oddPieces(counts, pieces));
  if (buckets !== null) found.push(oddStretches(counts, buckets, a));
  const tellable = found.filter(({ length }) => length > 0 && length <= mostPieces);
  const holding = tellable.filter((pieces) => holdsAll(frame.rows, counts, pieces, a, b));
  // The fewest rows tell most; ties: the earlier column, time last.
  const [best = []] = holding.toSorted((x, y) => rowsIn(x) - rowsIn(y));
  return { column, pieces: best, whole };
}

/** True where the rest of B is as A is, so that the pieces are all there is to tell. */
function holdsAll(rows: number, counts: CountsOf, pieces: readonly OddPiece[], a: Int32Array, b: Int32Array): boolean {
  const inside = new Uint8Array(rows);
  for (const piece of pieces) for (const row of piece.b) inside[row] = 1;
  if (pieces[0]!.stretch === null) for (const piece of pieces) for (const row of piece.a) inside[row] = 1;
  const outside = (row: number): boolean => inside[row] === 0;
  return pieceDistance(counts, { a: a.filter(outside), b: b.filter(outside) }).excess <= margin;
}

function rowsIn(pieces: readonly OddPiece[]): number {
  return pieces.reduce((sum, piece) => sum + piece.b.length, 0);
}

function inPieces(column: number, pieces: readonly OddPiece[]): Move {
  const psi = Math.max(...pieces.map((piece) => piece.psi));
  return { column, where: whereText(pieces), psi, pieces, rows: rowsIn(pieces) };
}

/** `hour = 19 or hour = 20`; of more than two stretches of time, how many and between when. */
function whereText(pieces: readonly OddPiece[]): string {
  const names = pieces.map(({ name }) => name);
  const [first, last] = [pieces[0]!.stretch, pieces.at(-1)!.stretch];
  if (first === null || last === null || pieces.length <= 2) return names.join(' or ');
  return `${pieces.length} stretches of time, ${stretchText(first.from, last.to)}`;
}
