import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { toAssayError } from '../../../src/core/errors.js';
import { createProgress } from '../../../src/core/progress.js';
import { createRun } from '../../../src/core/run.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { openData } from '../../../src/cli/open-data.js';
import { runJob } from '../../../src/runs/job.js';
import type { JobReport } from '../../contract/jobs.js';
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
  tell({ kind: 'written', ...(await work(input)) });
} catch (thrown) {
  tell({ kind: 'problem', message: toAssayError(thrown).message });
  process.exitCode = toAssayError(thrown).exit;
}
process.disconnect();

async function work({ file, roles, positive, depth, budget, seed, out, threads }: ProcessInput): Promise<{
  run: string;
  cancelled: boolean;
}> {
  const temp = await mkdtemp(path.join(tmpdir(), 'assay-'));
  const engine = await createDuckDb({ memory: '4GB', threads, temp });
  const shared = { engine, seed, threads, progress: createProgress((event) => tell({ kind: 'progress', ...event })) };
  const run = createRun({ ...shared, signal: stop.signal, news: (news) => tell({ kind: 'news', news }) });
  const afterCancel = createRun(shared);
  try {
    const opened = await openData(file, { ...roles, ...(positive === undefined ? {} : { positive }), out }, run);
    const done = await runJob(
      {
        ...opened,
        depth,
        command: depth,
        out,
        startedAt: new Date(),
        seed,
        budget,
        replay: null,
        planOnly: false,
        afterCancel,
      },
      run,
    );
    return { run: path.basename(done.folder), cancelled: done.cancelled };
  } finally {
    await run.close();
    await afterCancel.close();
    await engine.close();
    await rm(temp, { recursive: true, force: true });
  }
}

function tell(report: JobReport): void {
  if (process.connected) process.send?.(report);
}
