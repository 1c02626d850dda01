import type { Relation } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { CellsOf } from './cells.js';
import type { CountedMark } from './counted-mark.js';
import { sentinelCounts } from '../../../src/dataset/sql/shapes/cell-counts.js';
import { sentinels } from './null-words.js';

/** Fewer cells than this are left to the reader. */
const minCells = 5;
/** With fewer other values the column is a code, in which -1, 0 or 99 may be a level like any other. */
const minDistinct = 20;

/** A column apart from its possible sentinels. */
export interface Bulk {
  readonly others: number;
  readonly low: number;
  readonly high: number;
  readonly bulkLow: number;
  readonly middle: number;
  readonly bulkHigh: number;
  readonly distinct: number;
}

/** Numbers that stand outside what else a numeric column holds, such as -1 beside 1 … 871. */
export async function sentinelMarks(
  relation: Relation,
  cells: readonly CellsOf[],
  run: Run,
): Promise<readonly CountedMark[]> {
  const marks: CountedMark[] = [];
  for (const { column, low, high } of cells) {
    if (low === null || high === null || !(sentinels.includes(low) || sentinels.includes(high))) continue;
    const [row = {}] = await run.engine.rows(sentinelCounts(relation, column, sentinels, run.engine.dialect), 1, run);
    const number = (name: string): number => Number(row[name] ?? Number.NaN);
    const bulk: Bulk = {
      others: number('others'),
      low: number('low'),
      high: number('high'),
      bulkLow: number('bulk_low'),
      middle: number('middle'),
      bulkHigh: number('bulk_high'),
      distinct: number('distinct_values'),
    };
    sentinels.forEach((value, i) => {
      const count = number(`c${i}`);
      if (isSentinel(value, count, bulk)) marks.push({ mark: { column, kind: 'value', value }, cells: count });
    });
  }
  return marks;
}

/**
 * Whether `cells` cells of `value` are no honest numbers beside `bulk`:
 * - a negative sentinel where nothing else is negative, or far below everything else;
 * - a zero with a gap of a tenth of the bulk's width above it, in less than half of the cells: an amount that starts at
 *   0, or is mostly 0, is quiet;
 * - 99 … 9999999 at more than twice everything else.
 */
export function isSentinel(value: number, cells: number, bulk: Bulk): boolean {
  if (cells < minCells || bulk.distinct < minDistinct) return false;
  const width = bulk.bulkHigh - bulk.bulkLow;
  if (value < 0) return bulk.low >= 0 || value < bulk.low - width;
  if (value === 0) return cells < bulk.others && bulk.low > 0 && bulk.low > width / 10;
  return value > bulk.high && value - bulk.high > Math.max(width, bulk.high);
}
