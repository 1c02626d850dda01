import type { Relation } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { CellsOf } from './cells.js';
import type { CountedMark } from './counted-mark.js';
import { sampledRows } from '../../../src/derived/sampled-rows.js';
import { bulksOf, sentinelCounts, type Suspected } from '../../../src/dataset/sql/shapes/cell-counts.js';

/** Numbers that stand for "nothing is known". */
const sentinels: readonly number[] = [
  -1, 0, -9, -99, -999, -9999, -99999, -999999, 99, 999, 9999, 99999, 999999, 9999999,
];

/** Fewer cells than this are left to the reader. */
const minCells = 5;
/** With fewer other values the column is a code, in which -1, 0 or 99 may be a level like any other. */
const minDistinct = 20;
/** Columns asked in one scan. */
const batch = 32;

/** The numbers of a column apart from its possible sentinels: how many, and their extremes. */
export interface Others {
  readonly cells: number;
  readonly low: number;
  readonly high: number;
}

/** Where most of them lie: their quantiles .01 and .99, and how many different ones there are. */
export interface Bulk {
  readonly low: number;
  readonly high: number;
  readonly distinct: number;
}

/** A column with sentinels that lie outside its other numbers. */
interface Candidate extends Suspected {
  readonly others: Others;
  readonly outside: readonly { readonly value: number; readonly cells: number }[];
}

/** Numbers that stand outside what else a numeric column holds, such as -1 beside 1 … 871. */
export async function sentinelMarks(
  relation: Relation,
  cells: readonly CellsOf[],
  run: Run,
): Promise<readonly CountedMark[]> {
  const suspected = cells.flatMap((c) => suspectedOf(c) ?? []);
  const marks: CountedMark[] = [];
  for (let from = 0; from < suspected.length; from += batch) {
    const some = suspected.slice(from, from + batch);
    const [row = {}] = await run.engine.rows(sentinelCounts(relation, some), 1, run);
    const withOutside = some.flatMap((own, i): Candidate[] => {
      const others = { cells: Number(row[`o${i}`]), low: Number(row[`l${i}`]), high: Number(row[`h${i}`]) };
      const counts = own.sentinels.map((value, j) => ({ value, cells: Number(row[`c${i}_${j}`]) }));
      const outside = counts.filter((c) => c.cells >= minCells && isOutside(c.value, c.cells, others));
      return outside.length === 0 ? [] : [{ ...own, others, outside }];
    });
    const bulks = await bulksApart(relation, withOutside, run);
    for (const [i, { column, others, outside }] of withOutside.entries()) {
      for (const { value, cells: count } of outside) {
        if (isFar(value, others, bulks[i]!)) marks.push({ mark: { column, kind: 'value', value }, cells: count });
      }
    }
  }
  return marks;
}

/** Only a sentinel at an end of the range can lie outside the rest; few values are a code (the sketch errs by a quarter). */
function suspectedOf({ column, low, high, distinct }: CellsOf): Suspected | null {
  if (low === null || high === null || distinct < 0.75 * minDistinct) return null;
  if (!sentinels.includes(low) && !sentinels.includes(high)) return null;
  return { column, sentinels: sentinels.filter((value) => value >= low && value <= high) };
}

async function bulksApart(relation: Relation, columns: readonly Suspected[], run: Run): Promise<readonly Bulk[]> {
  if (columns.length === 0) return [];
  const { engine } = run;
  const [row = {}] = await engine.rows(bulksOf(await sampledRows(relation, run), columns, engine.dialect), 1, run);
  return columns.map((_, i) => ({
    low: Number(row[`low${i}`]),
    high: Number(row[`high${i}`]),
    distinct: Number(row[`distinct${i}`]),
  }));
}

/**
 * Whether a value lies outside the others: a negative one below them all, or where none is negative; a zero below them
 * all and in less than half of the cells (a column that is mostly 0 counts something); 99 … 9999999 above them all.
 */
export function isOutside(value: number, cells: number, others: Others): boolean {
  if (others.cells === 0) return false;
  if (value < 0) return others.low >= 0 || value < others.low;
  return value === 0 ? cells < others.cells && others.low > 0 : value > others.high;
}

/**
 * Whether the gap is no accident: a negative value where no other is negative, or further below than the bulk is wide; a
 * zero below by more than a tenth of that width (an amount that starts near 0 is quiet) and, among whole numbers, not next to
 * 1 (a count of nights); a large one above by more than the width and the largest value.
 */
export function isFar(value: number, others: Others, bulk: Bulk): boolean {
  if (bulk.distinct < minDistinct) return false;
  const width = bulk.high - bulk.low;
  if (value < 0) return others.low >= 0 || others.low - value > width;
  if (value > 0) return value - others.high > Math.max(width, others.high);
  const isWhole = Number.isInteger(others.low) && bulk.distinct <= others.high - others.low + 1;
  return others.low > Math.max(width / 10, isWhole ? 1 : 0);
}
