import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { toAssayError } from '../../../src/core/errors.js';
import { createProgress } from '../../../src/core/progress.js';
import { createRun, type Run } from '../../../src/core/run.js';
import { foreseenSeconds, planLines } from '../../../src/ablation/plan/plan-text.js';
import { parseTrialPlan } from '../../../src/ablation/plan/trial-plan.js';
import { compareData } from '../../../src/cli/compare-data.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { openData } from '../../../src/cli/open-data.js';
import { runJob } from '../../../src/runs/job.js';
import type { JobReport } from '../../contract/jobs.js';
import { writeDocument } from './job-files.js';
import { processInput, type ProcessInput } from './process-input.js';

/**
 * A job in a process of its own, so that neither its memory nor its end touches the server. It is told what to do by
 * its first argument, tells how far it is by messages, and stops on SIGINT and when its server is gone.
 */
const input = processInput.parse(JSON.parse(process.argv[2] ?? ''));
const stop = new AbortController();
process.on('SIGINT', () => stop.abort());
// Without a server there is nobody to tell; what is unfinished is dropped.
process.on('disconnect', () => process.exit(130));

try {
  tell(await work(input));
} catch (thrown) {
  tell({ kind: 'problem', message: toAssayError(thrown).message });
  process.exitCode = toAssayError(thrown).exit;
}
process.disconnect();

async function work({ threads, seed, ...asked }: ProcessInput): Promise<JobReport> {
  const temp = await mkdtemp(path.join(tmpdir(), 'assay-'));
  const engine = await createDuckDb({ memory: '4GB', threads, temp });
  const shared = { engine, seed, threads, progress: createProgress((event) => tell({ kind: 'progress', ...event })) };
  const run = createRun({ ...shared, signal: stop.signal, news: (news) => tell({ kind: 'news', news }) });
  const afterCancel = createRun(shared);
  try {
    return await (asked.task === 'compare'
      ? compared({ ...asked, seed }, run)
      : ran({ ...asked, seed }, run, afterCancel));
  } finally {
    await run.close();
    await afterCancel.close();
    await engine.close();
    await rm(temp, { recursive: true, force: true });
  }
}

type Asked = Omit<ProcessInput, 'threads'>;

async function compared(asked: Asked, run: Run): Promise<JobReport> {
  const { file, before = file, out, budget, seed, document } = asked;
  const found = await compareData(before, file, { ...namedColumns(asked), out, budget, seed }, run);
  await writeDocument(document, found);
  return { kind: 'compared', sentence: found.verdict.sentence };
}

async function ran(asked: Asked, run: Run, afterCancel: Run): Promise<JobReport> {
  const { task, file, out, budget, seed, plan, document } = asked;
  const opened = await openData(file, { ...namedColumns(asked), out }, run);
  const depth = task === 'audit' ? task : 'run';
  const planOnly = task === 'plan';
  const done = await runJob(
    {
      ...opened,
      depth,
      command: depth,
      out,
      startedAt: new Date(),
      seed,
      budget,
      replay: plan === undefined ? null : parseTrialPlan(await readFile(plan, 'utf8'), 'plan'),
      planOnly,
      // A plan that was stopped leaves nothing behind.
      ...(planOnly ? {} : { afterCancel }),
    },
    run,
  );
  if (!planOnly || done.plan === null)
    return { kind: 'written', run: path.basename(done.folder), cancelled: done.cancelled };
  await writeDocument(document, done.plan);
  const lines = planLines(done.plan).map(([name, text]) => ({ name, text }));
  return { kind: 'planned', plan: { lines, seconds: foreseenSeconds(done.plan) } };
}

function namedColumns({ roles, positive }: Asked): Asked['roles'] & { readonly positive?: string } {
  return { ...roles, ...(positive === undefined ? {} : { positive }) };
}

function tell(report: JobReport): void {
  if (process.connected) process.send?.(report);
}
