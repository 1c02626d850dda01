import type { Paired } from './paired.js';
import type { RowSet } from './row-set.js';

/** Below these no interval is printed: its coverage is not known there. */
export const leastPositives = 50;
export const leastUnits = 20;

/** Why these rows carry no interval at all, whatever the arms; null where they do. */
export function tooFewRows(rows: Pick<RowSet, 'on' | 'positives' | 'units' | 'at'>): string | null {
  const negatives = rows.at.length - rows.positives;
  const where = rows.on === 'evaluation' ? 'evaluation' : `${rows.on} evaluation`;
  for (const [count, what] of [
    [rows.positives, 'positives'],
    [negatives, 'negatives'],
  ] as const) {
    if (count < leastPositives) {
      return `The ${where} rows hold ${count} ${what}; an interval needs at least ${leastPositives}.`;
    }
  }
  if (rows.units < leastUnits) {
    return `The ${where} rows come from ${rows.units} sampling units; an interval needs at least ${leastUnits}.`;
  }
  return null;
}

/** Why this difference carries no interval; null where it does. */
export function tooFewUnits(difference: Pick<Paired, 'variance' | 'effectiveUnits' | 'estimate'>): string | null {
  if (difference.variance === 0 && difference.estimate === 0) {
    return 'The model is the same with and without it: nothing that the trees look at has changed.';
  }
  if (!(difference.effectiveUnits >= leastUnits)) {
    const worth = Number.isFinite(difference.effectiveUnits) ? Math.floor(difference.effectiveUnits) : 0;
    return `The difference rests on few sampling units (worth ${worth} equal ones); an interval needs at least ${leastUnits}.`;
  }
  return null;
}
