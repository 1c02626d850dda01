import type { Plan } from '../../core/plan.js';
import type { Compiled } from '../../dataset/sql/plan/compiled.js';

/** Ids of columns with cells whose old values must lie nowhere. */
export function setForGood(plan: Plan, { effects }: Compiled): ReadonlySet<string> {
  const steps = new Set(plan.steps.filter((s) => s.irreversible !== undefined).map((s) => s.id));
  return new Set(effects.flatMap((e) => (e.column !== null && steps.has(e.step) ? [e.column] : [])));
}
