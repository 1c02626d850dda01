import type { Step } from '../../core/plan.js';
import type { Relation } from '../../core/relation.js';
import type { Run } from '../../core/run.js';
import type { Compiled, CompileOptions } from '../../dataset/sql/plan/compiled.js';
import type { Outcome, StepFit } from './step-fit.js';
import { AssayError } from '../../core/errors.js';
import { isFeatureStep } from '../../core/plan.js';
import { compilePlan } from '../../dataset/sql/plan/compile.js';
import { hitsQuery, unfitQuery } from '../../dataset/sql/plan/replay.js';
import { columnsRead } from './columns-read.js';

/** Which rows the data holds: training rows, subject to every step, or scored rows, subject to the feature map. */
export type Rows = 'train' | 'serve';

/** The steps that can be carried out, and what became of each. */
export interface Fitted {
  readonly kept: readonly Step[];
  readonly fits: readonly StepFit[];
}

/**
 * Tries the steps one after the other on new data: each is compiled on top of those kept before, so a step that builds
 * on one that was left out is left out too. Counts what they change; nothing is written.
 */
export async function fitSteps(
  relation: Relation,
  steps: readonly Step[],
  rows: Rows,
  o: CompileOptions,
  run: Run,
): Promise<Fitted> {
  const kept: Step[] = [];
  const fits: StepFit[] = [];
  let before = compilePlan(relation, { version: 1, steps: kept }, o);
  for (const step of steps) {
    const tried = rows === 'serve' && !isFeatureStep(step) ? serving(step) : tryStep(relation, kept, step, before, o);
    if ('outcome' in tried) {
      fits.push(tried);
      continue;
    }
    fits.push(await unfit(step, before, o, run));
    kept.push(step);
    before = tried;
  }
  return { kept, fits: await withCounts(fits, kept, before, run) };
}

function serving(step: Step): StepFit {
  return fitOf(step, 'serving', 'it changes training rows only');
}

function tryStep(
  relation: Relation,
  kept: readonly Step[],
  step: Step,
  before: Compiled,
  o: CompileOptions,
): Compiled | StepFit {
  const missing = [...columnsRead(step)].find((name) => !before.columns.some((c) => c.name === name));
  if (missing !== undefined)
    return fitOf(step, 'missing-column', `there is no column ${JSON.stringify(missing)} at this step`);
  try {
    const after = compilePlan(relation, { version: 1, steps: [...kept, step] }, o);
    return after.skipped.includes(step.id)
      ? fitOf(step, 'other-file', 'it names rows by key, and those keys belong to the data the recipe was made on')
      : after;
  } catch (refused) {
    if (!(refused instanceof AssayError) || refused.code !== 'plan-refused') throw refused;
    const { reason } = refused.args as AssayError<'plan-refused'>['args'];
    return fitOf(step, refusal(step, before, reason), reason);
  }
}

/** All columns are there, so what remains is a name or a type; the sentence of the compiler says which. */
function refusal(step: Step, before: Compiled, reason: string): Outcome {
  const made = step.verb === 'add-column' ? step.column : step.verb === 'rename-column' ? step.to : null;
  if (made !== null && before.columns.some((c) => c.name.toLowerCase() === made.toLowerCase())) return 'name-taken';
  const typed = before.columns.some((c) => columnsRead(step).has(c.name) && reason.includes(c.type));
  return typed ? 'type-changed' : 'refused';
}

async function unfit(step: Step, before: Compiled, o: CompileOptions, run: Run): Promise<StepFit> {
  const query = unfitQuery(step, before, o);
  if (query === null) return fitOf(step, 'applied', null);
  const [found] = await run.engine.rows(query, 1, run);
  const rows = Number(found!['rows']);
  if (rows === 0) return fitOf(step, 'applied', null);
  const example = JSON.stringify(String(found!['example']).slice(0, 80));
  const reason = `${rows} rows hold ${Number(found!['levels'])} values it was not made for, such as ${example}`;
  // A lookup that keeps what it does not know was made to meet it.
  return fitOf(step, keepsOthers(step) ? 'applied' : 'unfit', keepsOthers(step) ? null : reason);
}

function keepsOthers(step: Step): boolean {
  return step.verb === 'map-column' && 'lookup' in step && step.other === 'keep';
}

function fitOf(step: Step, outcome: Outcome, reason: string | null): StepFit {
  return { step: step.id, defect: step.defect, verb: step.verb, outcome, units: null, reason };
}

/** Column verbs change the whole column; the others may find nothing to change. */
async function withCounts(
  fits: readonly StepFit[],
  kept: readonly Step[],
  compiled: Compiled,
  run: Run,
): Promise<readonly StepFit[]> {
  const counted = kept.filter((step) => !step.verb.endsWith('-column')).map((step) => step.id);
  if (counted.length === 0) return fits;
  const rows = await run.engine.rows(hitsQuery(compiled.changes), kept.length, run);
  const entries = new Map(rows.map((row) => [Number(row['step']), Number(row['entries'])]));
  return fits.map((fit) => {
    if (!counted.includes(fit.step)) return fit;
    const units = entries.get(fit.step) ?? 0;
    return units > 0 ? { ...fit, units } : { ...fit, units, outcome: 'no-hit', reason: 'it finds nothing to change' };
  });
}
