import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { Comparison } from '../../src/derived/comparison.js';
import type { Rate } from '../../src/derived/clustered-rate.js';
import { labelRates } from '../../src/dataset/sql/shapes/label-rates.js';
import { relationsOf } from '../../src/dataset/sql/shapes/sides.js';
import { rateOf } from '../../src/derived/clustered-rate.js';
import { comparisonOf } from '../../src/derived/comparison.js';

export interface Rates {
  readonly comparison: Comparison;
  readonly reference: Rate;
  readonly current: Rate;
}

/** Label rates of both sides; null where a side is empty or has no label column. */
export async function ratesOf(study: Study, run: Run): Promise<Rates | null> {
  const { label, user, group } = study.roles;
  const comparison = await comparisonOf(study, run);
  if (label === null || comparison === null) return null;
  const { sides } = comparison;
  const relations = relationsOf(sides);
  const has = (id: string): boolean => relations.every((r) => r.columns.some((column) => column.id === id));
  if (!has(label.column.id)) return null;
  const unit = [user, group].find((column) => column !== null && has(column.id)) ?? null;
  const rows = await run.engine.rows(labelRates(sides, label, unit, run.engine.dialect), 2, run);
  const [reference, current] = [0, 1].map((side) => rateOf(rows.find((row) => row['side'] === side)));
  return reference === undefined || current === undefined || reference.rows === 0 || current.rows === 0
    ? null
    : { comparison, reference, current };
}
