import type { Effect, RowsWorth } from '../../core/effect.js';
import type { ValueCurve, ValuePoint } from '../../core/worth.js';
import { isotonic } from '../../stats/isotonic.js';

/** An amount of AUC, 0 or more, with its interval. */
interface Amount {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Gains and sensitivities in AUC that are resolved, with the training rows whose loss costs as much. */
export function withRowsWorth(effects: readonly Effect[], rows: ValueCurve | null): readonly Effect[] {
  if (rows === null || rows.points.length === 0) return effects;
  return effects.map((effect) => {
    if (effect.metric !== 'auc' || effect.verdict === 'not-resolved') return effect;
    const ends = [Math.abs(effect.low), Math.abs(effect.high)];
    const amount = { value: Math.abs(effect.effect), low: Math.min(...ends), high: Math.max(...ends) };
    return { ...effect, rowsWorth: rowsWorth(amount, rows) };
  });
}

/**
 * Rows whose loss costs an amount of AUC, on the isotonic fit through the measured costs and 0 for no loss. Straight
 * between measured points, never beyond the last.
 */
export function rowsWorth(amount: Amount, curve: Pick<ValueCurve, 'points' | 'total'>): RowsWorth {
  const rows = lossThatCosts(amount.value, curve, (point) => point.cost);
  const low = lossThatCosts(amount.low, curve, (point) => point.high);
  const most = curve.total - curve.points.at(-1)!.kept;
  return {
    rows: rows ?? most,
    relation: rows === null ? 'more-than' : 'about',
    low: low ?? most,
    high: lossThatCosts(amount.high, curve, (point) => point.low),
  };
}

/** Rows at which the fit of a cost reaches `amount`; null where it does not. */
function lossThatCosts(
  amount: number,
  { points, total }: Pick<ValueCurve, 'points' | 'total'>,
  cost: (point: ValuePoint) => number,
): number | null {
  const lost = [0, ...points.map((point) => total - point.kept)];
  const weights = points.map(({ low, high }) => 1 / Math.max(1e-12, (high - low) ** 2));
  const fitted = isotonic(points.map(cost), weights);
  const costs = [0, ...Array.from(fitted, (c) => Math.max(0, c))];
  const above = costs.findIndex((c) => c >= amount);
  if (above === -1) return null;
  if (above === 0) return 0;
  const [from, to] = [costs[above - 1]!, costs[above]!];
  const share = (amount - from) / (to - from);
  return Math.round(lost[above - 1]! + share * (lost[above]! - lost[above - 1]!));
}
