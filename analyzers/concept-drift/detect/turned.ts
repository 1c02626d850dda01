import type { Random } from '../../../src/core/random.js';
import type { Frame, Overlay } from '../../../src/models/frame/frame.js';
import type { Periods } from './periods.js';
import { aucInfluence } from '../../../src/stats/auc.js';
import { holm } from '../../../src/stats/correction.js';
import { clusterVariance, renumberUnits, sumByUnit } from '../../../src/stats/cluster.js';
import { normalTwoSided } from '../../../src/stats/distributions.js';
import { halves, someOf } from './halves.js';

/** A column whose own relation to the label is not what it was. */
export interface Turned {
  readonly column: string;
  /** AUC of the score that the column's values got from one half of the early rows: on the other half, and on late rows. */
  readonly before: number;
  readonly after: number;
}

const mostRows = 100_000;
/** Rows at the mean rate by which the rate of a bin is shrunk. */
const prior = 50;
const leastChange = 0.02;
const level = 0.01;

/** Columns that rank late rows clearly worse, or better, than early ones by what early rows say of their values; the largest change first. */
export function turnedColumns(frame: Frame, base: Overlay, periods: Periods, random: Random): readonly Turned[] {
  const [learned, own] = halves(frame, base, periods.early, random.fork('halves')).map((places, side) =>
    someOf(frame, base, places, mostRows, random.fork(String(side))),
  ) as [Int32Array, Int32Array];
  const late = someOf(frame, base, periods.late, mostRows, random.fork('late'));
  const found = frame.columns.map(({ feature }, c) => {
    const rates = ratesOf(frame, base, learned, c);
    const [before, after] = [scoredAuc(frame, base, own, c, rates), scoredAuc(frame, base, late, c, rates)];
    const z = (after.value - before.value) / Math.sqrt(before.variance + after.variance);
    return { column: feature.column.name, before: before.value, after: after.value, p: normalTwoSided(z) };
  });
  const adjusted = holm(found.map(({ p }) => (Number.isNaN(p) ? 1 : p)));
  return found
    .filter(({ before, after }, i) => adjusted[i]! < level && Math.abs(after - before) > leastChange)
    .toSorted((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before))
    .map(({ column, before, after }) => ({ column, before, after }));
}

function binOf(frame: Frame, base: Overlay, i: number, column: number): number {
  return frame.bins[base.rows[i]! * frame.stride + column]!;
}

function ratesOf(frame: Frame, base: Overlay, places: Int32Array, column: number): Float64Array {
  const [rows, positives] = [new Float64Array(256), new Float64Array(256)];
  let sum = 0;
  for (const i of places) {
    const bin = binOf(frame, base, i, column);
    rows[bin]! += 1;
    positives[bin]! += base.label[i]!;
    sum += base.label[i]!;
  }
  const rate = sum / Math.max(1, places.length);
  return rows.map((n, bin) => (positives[bin]! + prior * rate) / (n + prior));
}

function scoredAuc(
  frame: Frame,
  base: Overlay,
  places: Int32Array,
  column: number,
  rates: Float64Array,
): { value: number; variance: number } {
  const scores = Float64Array.from(places, (i) => rates[binOf(frame, base, i, column)]!);
  const { value, influence } = aucInfluence(
    scores,
    Uint8Array.from(places, (i) => base.label[i]!),
  );
  const { unit, units } = renumberUnits(places.map((i) => frame.unit[base.rows[i]!]!));
  return { value, variance: clusterVariance(sumByUnit(influence, unit, units)).variance };
}
