// The point-in-time test on 3,000,000 rows of 23 columns: the log is written first, then looked at by a process of its own, whose time and
// memory are measured.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { leakage } from '../../../dist/analyzers/leakage/index.js';
import { createRun } from '../../../dist/src/core/run.js';
import { createDuckDb } from '../../../dist/src/dataset/engines/duckdb/engine.js';
import { laterRates, leaks, openLeakyFile, writeLeakyLog } from './leaky-log.mjs';

const self = fileURLToPath(import.meta.url);
const rows = 3_000_000;
/** Gigabytes, as for an audit. */
const mostMemory = 2;

if (process.argv[1] === self) {
  const [file, cache] = process.argv.slice(2);
  const engine = await createDuckDb({ threads: 2 });
  const run = createRun({ engine, threads: 2 });
  const study = await openLeakyFile(file, cache, run);
  const started = performance.now();
  const { findings } = await leakage.detect(study, run);
  const seconds = (performance.now() - started) / 1000;
  const calls = findings.map(({ code, severity, args }) => ({
    code,
    severity,
    column: args.column,
    value: args.value,
  }));
  await run.close();
  await engine.close();
  console.log(JSON.stringify({ calls, seconds, gigabytes: process.resourceUsage().maxRSS / 2 ** 20 }));
}

async function large(seed, engine) {
  const folder = mkdtempSync(join(tmpdir(), 'assay-leaky-'));
  const run = createRun({ engine, seed, threads: 2, id: `leaky-large-${seed}` });
  try {
    const file = await writeLeakyLog(seed, rows, folder, run);
    const child = spawnSync(process.execPath, [self, file, join(folder, 'cache')], { encoding: 'utf8' });
    if (child.status !== 0) throw new Error(child.stderr);
    return JSON.parse(child.stdout);
  } finally {
    await run.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The lines of leakage on many rows. */
export async function largeLeakageLines({ engine, once, seeds, say, figure }) {
  say(`leakage: the same log with ${rows.toLocaleString('en-US')} rows, 3 seeds; a busy machine where load is above 2`);
  for (const seed of seeds) {
    const { calls, seconds, gigabytes } = await once(`leaks large ${seed}`, () => large(seed, engine));
    for (const { code, severity, column, value } of calls)
      say(`  seed ${seed} ${severity.padEnd(8)} ${code.padEnd(28)} ${column.padEnd(22)} ${value.toFixed(3)}`);
    say(`  seed ${seed} ${seconds.toFixed(1)} s, load ${loadavg()[0].toFixed(1)}`);
    const problems = new Set(calls.filter((c) => c.severity === 'problem').map((c) => c.column));
    const later = new Set(calls.filter((c) => c.code === 'leakage.knows-later-labels').map((c) => c.column));
    figure(`leakage-large.later-rates.seed-${seed}`, laterRates.filter((c) => later.has(c)).length, '>=', 2);
    figure(`leakage-large.honest-called.seed-${seed}`, [...problems].filter((c) => !leaks.includes(c)).length, '<=', 0);
    figure(`leakage-large.found.seed-${seed}`, leaks.filter((c) => problems.has(c)).length, '>=', leaks.length);
    figure(`leakage-large.gigabytes.seed-${seed}`, gigabytes, '<=', mostMemory);
  }
}
