import type { Column, Relation } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { Yardstick } from '../../src/dataset/sql/shapes/spreads.js';
import { hashSample } from '../../src/dataset/sql/shapes/hash-sample.js';
import { farDistances, spreads } from '../../src/dataset/sql/shapes/spreads.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { isNumeric } from '../../src/dataset/sql/type-kinds.js';
import { distinctValues } from '../../src/derived/distinct-values.js';
import { inGroups } from '../../src/derived/in-groups.js';
import { round12 } from '../../src/stats/round12.js';

/** Rows whose quantiles are taken. */
const sampleRows = 200_000;
/** Columns looked at, in file order, and those whose quantiles are taken at once: each takes a copy of its sample. */
export const mostColumns = 500;
const columnsAtOnce = 50;
/** Columns of no more values are codes, not quantities. */
const fewestValues = 50;
/** Upper over lower distance of the 1% quantiles from the median, from which a positive column is read in logarithms. */
const skewed = 8;
/** A normal distribution: distance of quartiles, and of the 99 in 100 quantile, in standard deviations. */
const quartiles = 1.349;

/** The yardstick of a column, and what 98 in 100 and 99 in 100 of its cells are within. */
export interface Measured {
  readonly yardstick: Yardstick;
  /** Quantiles .01 and .99. */
  readonly from: number;
  readonly to: number;
  /** The distance within which 99 in 100 cells lie. */
  readonly far: number;
  /** The distances within which 9 in 10 and 999 in 1000 cells lie. */
  readonly near: number;
  readonly end: number;
}

/** Numeric features, in file order. */
export function numericFeatures({ roles }: Study): readonly Column[] {
  return roles.features.filter((f) => f.kind === 'numeric' && isNumeric(f.column.type)).map((f) => f.column);
}

/** One for each of the first {@link mostColumns} numeric features that has more than 50 values and a spread, from a sample. */
export async function yardsticksOf(study: Study, run: Run): Promise<readonly Measured[]> {
  const { train } = study;
  const { engine } = run;
  const all = numericFeatures(study).slice(0, mostColumns);
  if (all.length === 0 || train.rows === 0) return [];
  const table = tableName('outliers_sample', train.name);
  await engine.write(hashSample(train, all, sampleRows, 'outliers'), { kind: 'table', name: table }, run);
  const measured = await inGroups(all, (some) => measuredIn({ ...train, name: table }, some, run), columnsAtOnce);
  await engine.drop(table, run);
  return measured;
}

async function measuredIn(sample: Relation, some: readonly Column[], run: Run): Promise<readonly Measured[]> {
  const { engine } = run;
  const counts = await distinctValues(sample, some, run);
  const columns = some.filter((_, i) => counts[i]! > fewestValues);
  if (columns.length === 0) return [];
  const [row = {}] = await engine.rows(spreads(sample.name, columns, engine.dialect), 1, run);
  const known = columns.flatMap((column, i) => {
    const [low, a, b, c, d, e] = ['l', 'a', 'b', 'c', 'd', 'e'].map((name) => Number(row[`${name}${i}`] ?? Number.NaN));
    const log = low! > 0 && e! - c! > skewed * (c! - a!);
    const on = (x: number): number => (log ? Math.log(x) : x);
    const sd = round12((on(d!) - on(b!)) / quartiles);
    return sd > 0
      ? [{ yardstick: { column, log, centre: round12(on(c!)), sd }, from: round12(a!), to: round12(e!) }]
      : [];
  });
  const yardsticks = known.map((m) => m.yardstick);
  const far =
    known.length === 0
      ? []
      : await engine.rows(farDistances(sample.name, yardsticks, engine.dialect), known.length, run);
  const tails = new Map(far.map((r) => [Number(r['place']), r]));
  const tail = (i: number, name: string): number => round12(Number(tails.get(i)?.[name] ?? 0));
  return known
    .map((m, i) => ({ ...m, near: tail(i, 'near'), far: tail(i, 'q'), end: tail(i, 'end') }))
    .filter((m) => m.far > 0);
}
