import type { Evidence, Outcome } from '../core/evidence.js';
import type { Plan, Step } from '../core/plan.js';

/** Names of the columns of personal data that some detector found. */
export function personalColumns(outcomes: ReadonlyMap<string, Outcome>): ReadonlySet<string> {
  const personal = [...outcomes.values()].flatMap((o): NonNullable<Evidence['personal']> => {
    return o.outcome === 'ok' ? (o.evidence.personal ?? []) : [];
  });
  return new Set(personal.map(({ column }) => column));
}

/**
 * Whether a plan spells out values of a personal column: in a rule or lookup that reads or writes it, or in a list that
 * brings it values. Recipes, lists and reports would tell them.
 */
export function tellsPersonal({ steps }: Plan, personal: ReadonlySet<string>): boolean {
  return personal.size > 0 && steps.some((step) => touches(step, personal) && holdsValues(step));
}

function touches(step: Step, personal: ReadonlySet<string>): boolean {
  return ('column' in step && personal.has(step.column)) || columnsRead(step).some((name) => personal.has(name));
}

/** Names in the expressions of a step. */
function columnsRead(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('col' in value && typeof value.col === 'string') return [value.col];
  return Object.values(value).flatMap(columnsRead);
}

/** A literal that is neither null nor blank, or a list with values. */
function holdsValues(step: Step): boolean {
  return 'list' in step || literals(step).some((text) => text.trim() !== '');
}

/** Texts of the literals of an expression, wherever they stand. */
function literals(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && 'text' in value) return typeof value.text === 'string' ? [value.text] : [];
  if ('type' in value && 'bits' in value) return [String(value.bits)];
  return Object.values(value).flatMap(literals);
}
