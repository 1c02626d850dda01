// Leakage: known leaks among honest columns of a generated log, and the one real set with a known leak.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leakage } from '../../../dist/analyzers/leakage/index.js';
import { createRun } from '../../../dist/src/core/run.js';
import { openSet } from './data.mjs';
import { openLeakyLog } from './leaky-log.mjs';

/** Every call as `code column value`, worst first, on a generated log. */
export async function leaksOf(seed, engine) {
  const folder = mkdtempSync(join(tmpdir(), 'assay-leaky-'));
  const run = createRun({ engine, seed, threads: 2, id: `leaky-${seed}` });
  try {
    return await calls(await openLeakyLog(seed, folder, join(folder, 'cache'), run), run);
  } finally {
    await run.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same on a public set. */
export async function leaksOn(set, engine, cache) {
  const run = createRun({ engine, threads: 2, id: `leaks-${set}` });
  try {
    return await calls(await openSet(set, cache, run), run);
  } finally {
    await run.close();
  }
}

async function calls(study, run) {
  const { findings } = await leakage.detect(study, run);
  return findings.map(({ code, severity, args }) => ({ code, severity, column: args.column, value: args.value }));
}
