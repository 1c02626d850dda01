import type { ListRef, Plan, Step } from '../../core/plan.js';
import type { Relation } from '../../core/relation.js';
import type { Run } from '../../core/run.js';
import type { StoredList } from './manifest.js';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '../../core/errors.js';
import { listCountQuery, listQuery, wholeListQuery } from '../../dataset/sql/plan/files.js';
import { listOf } from '../../dataset/sql/plan/lowering.js';
import { stampOf } from './stamp.js';

/**
 * The plan with the value type of every keyed list filled in, so that the compiler can refuse one of another type.
 * @throws AssayError `plan-refused` where a list names a row twice, which would multiply it.
 */
export async function checkLists(plan: Plan, relation: Relation, run: Run): Promise<Plan> {
  const steps: Step[] = [];
  for (const step of plan.steps) {
    const list = listOf(step);
    if (list === null || list.of !== relation.hash) {
      steps.push(step);
      continue;
    }
    const [count] = await run.engine.rows(listCountQuery(list), 1, run);
    if (Number(count!['rows']) !== Number(count!['keys'])) {
      throw new AssayError('plan-refused', { step: step.id, reason: 'its keyed list names a row twice' });
    }
    steps.push('list' in step ? { ...step, list: { ...list, type: await valueType(list, step.id, run) } } : step);
  }
  return { version: 1, steps };
}

async function valueType(list: ListRef, step: number, run: Run): Promise<string> {
  const columns = await run.engine.describe(wholeListQuery(list), run);
  const value = columns.find((c) => c.name === (list.field ?? 'value'));
  if (value === undefined) throw new AssayError('plan-refused', { step, reason: 'its keyed list brings no values' });
  return value.type;
}

/** Keeps every keyed list of a plan as `lists/<name>-<hash>.parquet`, the hash being that of its content. */
export async function storeLists(plan: Plan, folder: string, run: Run): Promise<readonly StoredList[]> {
  const stored: StoredList[] = [];
  for (const step of plan.steps) {
    const list = listOf(step);
    if (list === null) continue;
    const known = stored.find((s) => {
      return s.list === list.list && (s.type !== null) === 'list' in step && list.field === undefined;
    });
    stored.push(known === undefined ? await storeList(step, list, folder, run) : { ...known, step: step.id });
  }
  return stored;
}

async function storeList(step: Step, list: ListRef, folder: string, run: Run): Promise<StoredList> {
  await mkdir(join(folder, 'lists'), { recursive: true });
  const draft = join(folder, 'lists', `step-${step.id}.parquet`);
  const { rows } = await run.engine.write(listQuery(list, 'list' in step), { kind: 'parquet', path: draft }, run);
  const { sha256 } = await stampOf(draft, run.signal);
  const file = `lists/${list.list.slice(0, 80)}-${sha256.slice(0, 16)}.parquet`;
  await rename(draft, join(folder, file));
  return { step: step.id, list: list.list, file, sha256, rows, type: ('list' in step ? list.type : undefined) ?? null };
}
