import type { Value } from '../../src/core/engine.js';
import type { Column } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { Shown } from '../../src/dataset/sql/shapes/position-rates.js';
import { ratiosWithin, trendByUser, trendWithin } from '../../src/dataset/sql/shapes/position-rates.js';
import { chiSquareTail } from '../../src/stats/distributions.js';
import { round12 } from '../../src/stats/round12.js';

/** How the odds of a positive change from one position to the next, rows of one stratum compared with each other. */
export interface Trend {
  /** Logarithm of the odds ratio a position, and its standard error, rows of a user counted together; infinite where each stratum has one position. */
  readonly slope: number;
  readonly se: number;
  /** Share of what all rows could tell about positions that is left within strata. */
  readonly overlap: number;
  /** How many rows count as one, at least 1. */
  readonly effect: number;
  /** Chance of strata standing at as unequal positions where positions are dealt without regard to them. */
  readonly dealt: number;
}

/** Rate of a position over that of the first one, within items. */
export interface Seen {
  readonly position: number;
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

/**
 * One step of Newton from no effect (the Peto estimate) of the common odds ratio within strata; null without two positions and two labels. Rows are one stratum without
 * a column.
 */
export async function trendIn(shown: Shown, stratum: Column | null, { roles }: Study, run: Run): Promise<Trend | null> {
  const { dialect } = run.engine;
  const [row = {}] = await run.engine.rows(trendWithin(shown, stratum, dialect), 1, run);
  const [t, v, whole] = [number(row['t']), number(row['v']), number(row['whole'])];
  if (!(whole > 0)) return null;
  const dealt = chiSquareTail(number(row['moved']), Number(row['strata']) - 1);
  if (!(v > 1e-9 * whole)) return { slope: 0, se: Number.POSITIVE_INFINITY, overlap: 0, effect: 1, dealt };
  const byUser =
    roles.user === null ? {} : (await run.engine.rows(trendByUser(shown, stratum, roles.user, dialect), 1, run))[0];
  const effect = Math.max(1, number(byUser?.['v']) / v);
  return {
    slope: t / v,
    se: Math.sqrt(effect / v),
    overlap: Math.min(1, v / whole),
    effect,
    dealt,
  };
}

/** Positions below the first with their ratio to it; those without a positive on either side are left out. */
export async function seenAt(shown: Shown, item: Column | null, first: number, run: Run): Promise<readonly Seen[]> {
  const rows = await run.engine.rows(ratiosWithin(shown, item, first, run.engine.dialect), mostPositions, run);
  return rows.flatMap((row): Seen[] => {
    const [ratio, variance] = [number(row['ratio']), number(row['variance'])];
    if (!(ratio > 0) || !(variance >= 0)) return [];
    const half = 1.96 * Math.sqrt(variance);
    const limits = { low: round12(ratio * Math.exp(-half)), high: round12(ratio * Math.exp(half)) };
    return [{ position: Number(row['x']), ratio: round12(ratio), ...limits }];
  });
}

/** More positions than this are no positions. */
export const mostPositions = 1000;

/** Sums of floats are rounded, so that the order of threads does not show; null is 0. */
function number(value: Value | undefined): number {
  return round12(Number(value ?? 0));
}
