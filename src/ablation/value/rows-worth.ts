import type { Effect } from '../../core/effect.js';
import type { ValueCurve } from '../../core/worth.js';
import { isotonic } from '../../stats/isotonic.js';

/** Gains and sensitivities in AUC that are resolved, with the training rows whose loss costs as much. */
export function withRowsWorth(effects: readonly Effect[], rows: ValueCurve | null): readonly Effect[] {
  if (rows === null || rows.points.length === 0) return effects;
  return effects.map((effect) => {
    if (effect.metric !== 'auc' || effect.verdict === 'not-resolved') return effect;
    return { ...effect, rowsWorth: rowsWorth(Math.abs(effect.effect), rows) };
  });
}

/**
 * Rows whose loss costs `amount` (>= 0, AUC), on the isotonic fit through the measured costs and 0 for no loss.
 * Straight between measured points, never beyond the last.
 */
export function rowsWorth(
  amount: number,
  { points, total }: Pick<ValueCurve, 'points' | 'total'>,
): NonNullable<Effect['rowsWorth']> {
  const lost = [0, ...points.map((point) => total - point.kept)];
  const weights = points.map(({ low, high }) => 1 / Math.max(1e-12, (high - low) ** 2));
  const fitted = isotonic(
    points.map((point) => point.cost),
    weights,
  );
  const costs = [0, ...Array.from(fitted, (cost) => Math.max(0, cost))];
  const above = costs.findIndex((cost) => cost >= amount);
  if (above === -1) return { rows: lost.at(-1)!, relation: 'more-than' };
  if (above === 0) return { rows: 0, relation: 'about' };
  const [from, to] = [costs[above - 1]!, costs[above]!];
  const share = (amount - from) / (to - from);
  return { rows: Math.round(lost[above - 1]! + share * (lost[above]! - lost[above - 1]!)), relation: 'about' };
}
