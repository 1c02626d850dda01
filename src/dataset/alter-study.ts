import type { Plan } from '../core/plan.js';
import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import { compilePlan } from './sql/plan/compile.js';
import { rowCount } from './sql/shapes/row-count.js';
import { renumbered } from './sql/shapes/renumbered.js';

/**
 * The study as if a plan had been applied to its file, every step to every row: what detectors would see of damaged
 * data. Its rows are kept in the engine's table `name`, numbered anew; drop it when done.
 *
 * @throws AssayError `plan-refused` where the plan does not compile.
 */
export async function alterStudy(study: Study, plan: Plan, name: string, run: Run): Promise<Study> {
  const { engine } = run;
  const compiled = compilePlan(study.whole, plan, { roles: study.roles, dialect: engine.dialect, scope: 'all' });
  await engine.write(renumbered(compiled), { kind: 'table', name }, run);
  const [row] = await engine.rows(rowCount(name), 1, run);
  const whole = { ...study.whole, name, rows: Number(row?.['n']) };
  return { ...study, whole, train: whole };
}
