import type { Value } from '../../src/core/engine.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { Comparison } from '../../src/derived/comparison.js';
import { labelRates } from '../../src/dataset/sql/shapes/label-rates.js';
import { comparisonOf } from '../../src/derived/comparison.js';

/** Positives of one side, and what its repeating users do to their variance. */
export interface Rate {
  readonly rows: number;
  readonly positives: number;
  /** Positives over rows; NaN without rows. */
  readonly rate: number;
  /** How many rows count as one: clustered over binomial variance, at least 1. */
  readonly effect: number;
}

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
  const relations = sides.kind === 'time' ? [sides.relation] : [sides.reference, sides.current];
  const has = (id: string): boolean => relations.every((r) => r.columns.some((column) => column.id === id));
  if (!has(label.column.id)) return null;
  const unit = [user, group].find((column) => column !== null && has(column.id)) ?? null;
  const rows = await run.engine.rows(labelRates(sides, label, unit, run.engine.dialect), 2, run);
  const [reference, current] = [0, 1].map((side) => rateOf(rows.find((row) => row['side'] === side)));
  return reference === undefined || current === undefined || reference.rows === 0 || current.rows === 0
    ? null
    : { comparison, reference, current };
}

/** Variance of a ratio of sums over units (Cochran 1977, Sampling techniques, section 6.3). */
function rateOf(row: Readonly<Record<string, Value>> = {}): Rate {
  const [units, m, y, yy, my, mm] = ['units', 'm', 'y', 'yy', 'my', 'mm'].map((name) => Number(row[name] ?? 0));
  const rate = y! / m!;
  const binomial = rate * (1 - rate) * m!;
  const clustered = (units! / (units! - 1)) * (yy! - 2 * rate * my! + rate * rate * mm!);
  const effect = units! > 1 && binomial > 0 ? Math.max(1, clustered / binomial) : 1;
  return { rows: m!, positives: y!, rate, effect };
}
