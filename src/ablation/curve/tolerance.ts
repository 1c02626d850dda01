import type { Curve } from '../../core/effect.js';

/**
 * The largest measured dose whose one-sided 95% upper limit stays within the budget. Nothing between measured doses
 * or beyond them is promised: `below` the first where that one breaks it already, `at-least` the last where none does.
 */
export function toleranceOf(doses: readonly number[], upper95: readonly number[], budget: number): Curve['tolerance'] {
  const broken = upper95.findIndex((limit) => limit > budget);
  if (broken === 0) return { budget, dose: doses[0]!, relation: 'below' };
  if (broken === -1) return { budget, dose: doses.at(-1)!, relation: 'at-least' };
  return { budget, dose: doses[broken - 1]!, relation: 'up-to' };
}

/** The dose to measure next so that the tolerance is known more finely; null where the grid ends beyond it. */
export function refinement(doses: readonly number[], tolerance: Curve['tolerance']): number | null {
  if (tolerance.relation === 'at-least') return null;
  if (tolerance.relation === 'below') return tolerance.dose / 2;
  const next = doses[doses.indexOf(tolerance.dose) + 1]!;
  return (tolerance.dose + next) / 2;
}
