import type { BudgetAnswer, Effect } from '../../core/effect.js';

/**
 * Where a cost stands against a budget in AUC, by its one-sided 95% limits (Schuirmann 1987, two one-sided tests):
 * `breach` is proven above it; `within` is below it, `equivalent` also above minus the budget; else `unknown`, which is
 * not a pass. A resolved cost may be within: real and affordable.
 */
export function withinBudget({ lower95, upper95 }: Pick<Effect, 'lower95' | 'upper95'>, budget: number): BudgetAnswer {
  if (lower95 > budget) return 'breach';
  if (!(upper95 < budget)) return 'unknown';
  return lower95 > -budget ? 'equivalent' : 'within';
}
