// Leakage: known leaks among honest columns of a generated log, and the one real set with a known leak.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leakage } from '../../../dist/analyzers/leakage/index.js';
import { createRun } from '../../../dist/src/core/run.js';
import { openSet } from './data.mjs';
import { leaks, openLeakyLog } from './leaky-log.mjs';

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

/** The lines of leakage. */
export async function leakageLines({ engine, cache, once, seeds, say, figure }) {
  say('leakage: generated log of 50,000 rows, 3% positive, 3 seeds; what is called');
  for (const seed of seeds) {
    const calls = await once(`leaks ${seed}`, () => leaksOf(seed, engine));
    for (const { code, severity, column, value } of calls)
      say(`  seed ${seed} ${severity.padEnd(8)} ${code.padEnd(28)} ${column.padEnd(22)} ${value.toFixed(3)}`);
    const problems = new Set(calls.filter((c) => c.severity === 'problem').map((c) => c.column));
    figure(`leakage.found.seed-${seed}`, leaks.filter((c) => problems.has(c)).length, '>=', leaks.length);
    figure(`leakage.honest-called.seed-${seed}`, [...problems].filter((c) => !leaks.includes(c)).length, '<=', 0);
  }
  const bank = await once('leaks bank', () => leaksOn('bank', engine, cache));
  for (const { code, column, value } of bank) say(`  bank ${code} ${column} ${value.toFixed(3)}`);
  figure('leakage.bank.duration', bank.filter((c) => c.column === 'duration').length, '>=', 1);
  figure('leakage.bank.others', bank.filter((c) => c.column !== 'duration').length, '<=', 0);
}
