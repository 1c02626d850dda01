import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Engine } from '../core/engine.js';
import type { Run } from '../core/run.js';
import { draftName, sweepDrafts } from '../core/drafts.js';
import { AssayError, toAssayError } from '../core/errors.js';
import { createProgress } from '../core/progress.js';
import { createRun } from '../core/run.js';
import { openEngine, type SessionOptions } from './open-engine.js';
import { progressBar } from './progress-bar.js';

/**
 * Runs `job` with an engine, a run and a signal that Ctrl-C and SIGTERM raise, and closes everything afterwards,
 * whatever happened. The engine spills into a folder of its own that is removed at the end,
 * or by the next session where this one was killed.
 */
export async function withSession<T>(options: SessionOptions, job: (run: Run) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  await sweepDrafts(tmpdir(), 'assay');
  const temp = path.join(tmpdir(), draftName('assay'));
  await mkdir(temp, { mode: 0o700 });
  let engine: Engine | null = null;
  let run: Run | null = null;
  try {
    engine = await openEngine(options, temp);
    run = createRun({
      engine,
      seed: options.seed,
      threads: options.threads,
      signal: stop.signal,
      ...(options.quiet === true
        ? {}
        : { progress: createProgress(progressBar(process.stderr, () => performance.now())) }),
      ...(options.verbose === true
        ? { log: (message: string): void => void process.stderr.write(`${message}\n`) }
        : {}),
    });
    return await job(run);
  } catch (thrown) {
    // Whatever fails after an interrupt failed because of it.
    throw stop.signal.aborted ? new AssayError('interrupted', {}, { cause: thrown }) : thrown;
  } finally {
    await run?.close();
    await engine?.close();
    await rm(temp, { recursive: true, force: true });
    // Last, so that a signal that comes when all is done takes nothing back.
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

/** Prints an error as one sentence on stderr and gives its exit code; the stack only where it helps: for bugs. */
export function reportError(thrown: unknown, verbose: boolean): number {
  const error = toAssayError(thrown);
  process.stderr.write(`assay: ${error.message}\n`);
  if (error.exit === 4 || verbose)
    process.stderr.write(`${(error.cause instanceof Error ? error.cause.stack : error.stack) ?? ''}\n`);
  return error.exit;
}
