import type { Binning, Frame } from '../../models/frame/frame.js';
import type { Piece } from './pieces.js';

/** A column divides rows where it has no more values than this; others have too few rows each. */
const mostValues = 50;
/** Rows a slice must hold on both sides. */
const leastRows = 200;

/** The rows of both sides by the value of a column with few of them; null where it has too many, or one. */
export function slicesOf(frame: Frame, column: number, a: Int32Array, b: Int32Array): readonly Piece[] | null {
  const { binCount, binning, feature } = frame.columns[column]!;
  if (binCount > mostValues || binCount < 2 || frame.codes.has(column)) return null;
  const [ofA, ofB] = [byBin(frame, column, a), byBin(frame, column, b)];
  return Array.from({ length: binCount }, (_, bin): Piece => {
    return { name: `${feature.column.name} ${valueText(binning, bin)}`, stretch: null, a: ofA[bin]!, b: ofB[bin]! };
  }).filter((piece) => piece.a.length >= leastRows && piece.b.length >= leastRows);
}

function byBin(frame: Frame, column: number, rows: Int32Array): readonly Int32Array[] {
  const lists = Array.from({ length: 256 }, (): number[] => []);
  for (const row of rows) lists[frame.bins[row * frame.stride + column]!]!.push(row);
  return lists.map((list) => Int32Array.from(list));
}

/** `= 20`, `in (19.5, 24]`: what falls into a bin. */
function valueText(binning: Binning, bin: number): string {
  if (binning.kind === 'levels') {
    const names = [...binning.codes].filter(([, code]) => binning.bins[code] === bin).map(([name]) => name);
    return names.length === 1 ? `= ${names[0]!}` : `in ${names.length} values`;
  }
  const { edges } = binning;
  const [low, high] = [edges[bin - 1] ?? -Infinity, edges[bin] ?? Infinity];
  const whole = Math.floor(low) + 1;
  if (high - low <= 1 && whole <= high) return `= ${whole}`;
  return Number.isFinite(low) && Number.isFinite(high)
    ? `in (${low}, ${high}]`
    : Number.isFinite(low)
      ? `> ${low}`
      : `<= ${high}`;
}
