import type { Injection } from '../core/defect.js';
import type { Plan } from '../core/plan.js';
import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import { AssayError } from '../core/errors.js';
import { firstUnits } from '../dataset/sql/shapes/drawn-units.js';
import { everything } from '../dataset/sql/shapes/everything.js';
import { tableName } from '../dataset/sql/table-name.js';

/** A dose of an injection: what is done, and to exactly which units. */
export interface Dose {
  readonly plan: Plan;
  /** Table `(k BIGINT, copy INTEGER[, value])` of the damaged units: the truth mask. */
  readonly truth: string;
  /** Rows of {@link truth}: `ceil(dose * eligible)`. */
  readonly units: number;
}

/**
 * The plan that damages the given share of the eligible units, in [0, 1]. The units are a prefix of one drawn order, so
 * a smaller dose of the same injection is part of a larger one. Dose 0 is a plan that hits nothing.
 */
export async function atDose(injection: Injection, dose: number, study: Study, run: Run): Promise<Dose> {
  if (!(dose >= 0 && dose <= 1)) {
    throw new AssayError('option-invalid', { option: 'dose', value: String(dose), expected: 'a share from 0 to 1' });
  }
  const units = unitsAt(dose, injection.eligible);
  const columns = await run.engine.describe(everything(injection.units), run);
  const values = columns.map((column) => column.name).filter((name) => !['k', 'copy', 'draw'].includes(name));
  const truth = tableName('dose', injection.units, String(units));
  await run.engine.write(firstUnits(injection.units, units, values), { kind: 'table', name: truth }, run);
  return { plan: injection.plan({ list: truth, of: study.whole.hash }), truth, units };
}

/** Units of a dose; products such as .07 * 100 = 7.000000000000001 do not count one unit more. */
export function unitsAt(dose: number, eligible: number): number {
  return Math.min(eligible, Math.max(0, Math.ceil(dose * eligible - 1e-9)));
}
