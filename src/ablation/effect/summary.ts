import type { MixedUsers } from '../../stats/gauc.js';
import type { RowSet } from './row-set.js';
import { aucInfluence } from '../../stats/auc.js';
import { calibrationInfluence } from '../../stats/calibration.js';
import { gauc, mixedUsers } from '../../stats/gauc.js';
import { loglossInfluence } from '../../stats/logloss.js';
import { sumByUnit } from '../../stats/cluster.js';

/**
 * Metrics of which influences are kept. NE is logloss in another unit and needs no summary of its own. `gauc` is AUC
 * within sampling units, so it means something where they are users. `miscalibration` is how far predicted over
 * observed positives is from 1 on the log scale, `|log c|`: less is better, as with logloss.
 */
export type Metric = 'auc' | 'logloss' | 'gauc' | 'miscalibration';

/** One trial on one row set: the metric and what each sampling unit moved it by. */
export interface Summary {
  readonly value: number;
  /** Influence summed by unit, one entry for each unit of the row set. */
  readonly byUnit: Float64Array;
}

/** Summarises the scores of a trial (`scores` over all scored rows) on a row set. */
export function summarise(scores: Float64Array, rows: RowSet, metric: Metric): Summary {
  const picked = Float64Array.from(rows.at, (position) => scores[position]!);
  return summaries[metric](picked, rows);
}

const summaries: Readonly<Record<Metric, (scores: Float64Array, rows: RowSet) => Summary>> = {
  auc: (scores, rows) => byUnit(aucInfluence(scores, rows.label, rows.weight), rows),
  logloss: (scores, rows) => byUnit(loglossInfluence(scores, rows.label, rows.weight), rows),
  gauc: (scores, rows) => {
    const { value, influence } = gauc(scores, rows.label, usersOf(rows));
    return { value, byUnit: influence };
  },
  miscalibration: (scores, rows) => {
    const { value, influence } = calibrationInfluence(scores, rows.label, rows.weight);
    const off = Math.log(value);
    return byUnit({ value: Math.abs(off), influence: off < 0 ? influence.map((phi) => -phi) : influence }, rows);
  },
};

function byUnit({ value, influence }: { value: number; influence: Float64Array }, rows: RowSet): Summary {
  return { value, byUnit: sumByUnit(influence, rows.unit, rows.units) };
}

const users = new WeakMap<RowSet, MixedUsers>();

/** Units with both classes; found once for a row set. */
export function usersOf(rows: RowSet): MixedUsers {
  const known = users.get(rows) ?? mixedUsers(rows.label, rows.unit, rows.units);
  users.set(rows, known);
  return known;
}
