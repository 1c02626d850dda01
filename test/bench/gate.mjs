// `assay gate --no-train` with the default policy on a click log of 3,000,000 rows and 20 columns, as a user runs it,
// against DuckDB's own SUMMARIZE of the same file; each in a process of its own, in turn, so that a busy machine slows
// both alike. The file is generated once, into test/bench/work, which is not kept.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDuckDb } from '../../dist/src/dataset/engines/duckdb/engine.js';
import { clickLogRoles, writeClickLog } from './click-log/write.mjs';

const rows = 3_000_000;
const threads = 2;
const rounds = Number(process.env.ASSAY_BENCH_REPEATS ?? 3);
const self = fileURLToPath(import.meta.url);
const main = fileURLToPath(new URL('../../dist/bin/assay.js', import.meta.url));
const call = { id: 'bench', signal: new AbortController().signal };

/** SUMMARIZE with as many threads, the part of the child process. */
async function summarize(file) {
  const engine = await createDuckDb({ memory: '4GB', threads });
  await engine.rows({ sql: `SUMMARIZE SELECT * FROM read_parquet('${file}')` }, 100, call);
  await engine.close();
}

/** Wall and processor seconds and peak memory of a process of its own. */
function timed(args) {
  const say = `process.on('exit', () => { const r = process.resourceUsage(); require('node:fs').writeSync(3, JSON.stringify({ cpu: (r.userCPUTime + r.systemCPUTime) / 1e6, mb: r.maxRSS / 1024 })); })`;
  const hook = path.join(temp, 'usage.cjs');
  writeFileSync(hook, say);
  const start = performance.now();
  const child = spawnSync(process.execPath, ['--require', hook, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    maxBuffer: 1e9,
  });
  const wall = (performance.now() - start) / 1000;
  return { wall, ...JSON.parse(child.output[3]), status: child.status, out: child.stdout, err: child.stderr };
}

const words = ({ wall, cpu, mb }) => `${wall.toFixed(2)} s, CPU ${cpu.toFixed(2)} s, ${mb.toFixed(0)} MB`;

function gate(file, round) {
  const out = path.join(temp, `out-${round}`);
  const ended = timed([main, 'gate', file, '--no-train', '--format', 'json', '--out', out, ...clickLogRoles]);
  // The AUC rule is unknown without a model, so the default policy fails; anything else is an error.
  if (ended.status !== 1) throw new Error(`gate ended with ${ended.status}: ${ended.err}`);
  return ended;
}

const [first, second] = process.argv.slice(2);
if (first === '--summarize') {
  await summarize(second);
  process.exit(0);
}
const file = fileURLToPath(new URL('work/click-log/3m.parquet', import.meta.url));
if (!existsSync(file)) await writeClickLog(file, rows);
const temp = mkdtempSync(path.join(tmpdir(), 'assay-bench-gate-'));
const lines = [
  `${rows} rows x 20 columns, Parquet of ${(statSync(file).size / 1e6).toFixed(0)} MB, default policy, ${threads} threads of ${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)} before`,
];
const measured = [];
for (let round = 0; round < rounds; round++) {
  const plain = timed([self, '--summarize', file]);
  const gated = gate(file, round);
  measured.push({ plain, gated });
  lines.push(
    `round ${round}: SUMMARIZE ${words(plain)}; gate ${words(gated)}; ratio ${(gated.wall / plain.wall).toFixed(2)}, of CPU ${(gated.cpu / plain.cpu).toFixed(2)}; load ${loadavg()[0].toFixed(1)}`,
  );
}
const { rules } = JSON.parse(measured[0].gated.out).gate;
lines.push(...rules.map(({ outcome, message }) => `  ${outcome.padEnd(7)} ${message}`));
if (process.argv.includes('--steps')) console.error(measured.at(-1).gated.err);
rmSync(temp, { recursive: true, force: true });

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const seconds = median(measured.map(({ gated }) => gated.wall));
const ratio = median(measured.map(({ plain, gated }) => gated.cpu / plain.cpu));
const peak = Math.max(...measured.map(({ gated }) => gated.mb));
const cpu = median(measured.map(({ gated }) => gated.cpu));
const figures = [
  ['gate.no-train-seconds', seconds, 10],
  // What the wall comes to where nobody else uses the cores, and both are used.
  ['gate.no-train-cpu-seconds-a-core', cpu / threads, 10],
  ['gate.no-train-cpu-over-summarize', ratio, 2],
  ['gate.no-train-peak-mb', peak, 4300],
];
for (const [name, value, bar] of figures)
  lines.push(`figure ${name} ${value.toFixed(2)} bar <= ${bar} ${value <= bar ? 'ok' : 'short'}`);
const table = [...lines, ''].join('\n');
process.stdout.write(table);
writeFileSync(new URL('results/gate.txt', import.meta.url), table);
process.exit(figures.every(([, value, bar]) => value <= bar) ? 0 : 1);
