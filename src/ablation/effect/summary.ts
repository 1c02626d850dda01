import type { RowSet } from './row-set.js';
import { aucInfluence } from '../../stats/auc.js';
import { loglossInfluence } from '../../stats/logloss.js';
import { sumByUnit } from '../../stats/cluster.js';

/** Metrics of which influences are kept. NE is logloss in another unit and needs no trial of its own. */
export type Metric = 'auc' | 'logloss';

/** One trial on one row set: the metric and what each sampling unit moved it by. */
export interface Summary {
  readonly value: number;
  /** Influence summed by unit, one entry for each unit of the row set. */
  readonly byUnit: Float64Array;
}

/** Summarises the scores of a trial (`scores` over all scored rows) on a row set. */
export function summarise(scores: Float64Array, rows: RowSet, metric: Metric): Summary {
  const picked = Float64Array.from(rows.at, (position) => scores[position]!);
  const weights = rows.weight ?? undefined;
  const { value, influence } =
    metric === 'auc' ? aucInfluence(picked, rows.label, weights) : loglossInfluence(picked, rows.label, weights);
  return { value, byUnit: sumByUnit(influence, rows.unit, rows.units) };
}
