import type { Plan } from '../../core/plan.js';
import type { Relation } from '../../core/relation.js';
import type { Run } from '../../core/run.js';
import { entryCountQuery } from '../../dataset/sql/plan/files.js';
import { attachOwn } from './attach-own.js';

/** Entries of a written change log by step, and the copies that live: those made by repeats minus those dropped. */
export async function countChanges(
  plan: Plan,
  path: string,
  entriesInAll: number,
  cache: string,
  run: Run,
): Promise<{ readonly steps: Readonly<Record<string, number>>; readonly copies: number }> {
  if (entriesInAll === 0) return { steps: {}, copies: 0 };
  const log = await attachOwn(path, cache, run);
  const counted = await countEntries(plan, log, run);
  await run.engine.drop(log.name, run);
  return counted;
}

/** The same of a log that is open, whose columns have the names of a log. */
export async function countEntries(
  plan: Plan,
  log: Relation,
  run: Run,
): Promise<{ readonly steps: Readonly<Record<string, number>>; readonly copies: number }> {
  const steps: Record<string, number> = {};
  let copies = 0;
  const rows = await run.engine.rows(entryCountQuery(log), plan.steps.length + 1, run);
  for (const row of rows) {
    const step = plan.steps.find((s) => s.id === Number(row['step']));
    const entries = Number(row['entries']);
    steps[String(row['step'])] = entries;
    if (step?.verb === 'repeat-row') copies += entries * (step.times - 1);
    if (step?.verb === 'drop-row') copies -= Number(row['on_copies']);
  }
  return { steps, copies };
}
