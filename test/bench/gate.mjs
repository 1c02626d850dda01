// `assay gate --no-train` with the default policy on a click log of 3,000,000 rows and 20 columns, as a user runs it,
// against DuckDB's own SUMMARIZE of the same file; each in a process of its own, in turn, so that a busy machine slows
// both alike. The file is generated once, into test/bench/work, which is not kept.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { createDuckDb } from '../../dist/src/dataset/engines/duckdb/engine.js';

const rows = 3_000_000;
const threads = 2;
const rounds = Number(process.env.ASSAY_BENCH_REPEATS ?? 3);
const self = fileURLToPath(import.meta.url);
const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const call = { id: 'bench', signal: new AbortController().signal };

const random = (name) => `(CAST(hash(row, '${name}') >> 11 AS DOUBLE) / 9007199254740992)`;
const whole = (name, below) => `CAST(floor(${random(name)} * ${below}) AS INTEGER)`;
// Squared, so that few ids have most of the rows.
const skewed = (name, below) => `CAST(floor(pow(${random(name)}, 3) * ${below}) AS BIGINT)`;
const normal = (name) =>
  `(sqrt(-2 * ln(1 - ${random(`${name} a`)})) * cos(6.283185307179586 * ${random(`${name} b`)}))`;

/** What is wrong with it: nulls, a sentinel, one day without a column, a share of rows that repeat the row before. */
const columns = {
  click: `CAST(${random('click')} < .02 + .03 * ${random('quality')} AS TINYINT)`,
  shown_at: `TIMESTAMP '2026-01-01' + to_seconds(CAST(row * 28 * 86400 // ${rows} AS BIGINT))`,
  user_id: `1 + ${skewed('user', 400_000)}`,
  item_id: `1 + ${skewed('item', 50_000)}`,
  position: `${whole('position', 20)} + 1`,
  device: `['phone', 'tablet', 'desktop', 'tv'][1 + ${whole('device', 4)}]`,
  country: `'c' || ${skewed('country', 60)}`,
  app: `'v' || (1 + row // ${rows / 4}) || '.' || ${whole('app', 6)}`,
  campaign: `'campaign ' || ${skewed('campaign', 3000)}`,
  category: whole('category', 40),
  referrer: `'https://example.org/' || ${skewed('referrer', 20_000)}`,
  age: `CASE WHEN ${random('no age')} < .06 THEN NULL WHEN ${random('sentinel')} < .01 THEN -999 ELSE 18 + ${whole('age', 60)} END`,
  price: `round(exp(3 + ${normal('price')}), 2)`,
  quality: `CASE WHEN row // ${Math.round(rows / 28)} = 9 AND ${random('outage')} < .5 THEN NULL ELSE ${random('quality')} END`,
  rate_7d: `pow(${random('rate')}, 4)`,
  views_30d: `CAST(floor(exp(2 + ${normal('views')})) AS INTEGER)`,
  dwell_s: `CASE WHEN ${random('no dwell')} < .02 THEN NULL ELSE exp(1 + .8 * ${normal('dwell')}) END`,
  match: `CAST(${normal('match')} AS FLOAT)`,
  member: `${random('member')} < .3`,
  note: `CASE WHEN ${random('no note')} < .03 THEN 'N/A' ELSE 'n' || ${whole('note', 200)} END`,
};

async function generate(file) {
  mkdirSync(path.dirname(file), { recursive: true });
  // By DuckDB's own writer, with the dictionaries that files in the wild have; the engine of Assay writes without.
  const connection = await (await DuckDBInstance.create(':memory:', { threads: String(threads) })).connect();
  const values = Object.entries(columns).map(([name, sql]) => `${sql} AS ${name}`);
  const repeated = `SELECT range - (CASE WHEN hash(range, 'copy') % 200 = 0 THEN 1 ELSE 0 END) AS row FROM range(${rows})`;
  const sql = `SELECT ${values.join(', ')} FROM (${repeated})`;
  await connection.run(`COPY (${sql}) TO '${file}.part' (FORMAT parquet)`);
  connection.closeSync();
  renameSync(`${file}.part`, file);
}

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
  const roles = '--label click --time shown_at --user user_id --item item_id --position position'.split(' ');
  const ended = timed([main, 'gate', file, '--no-train', '--format', 'json', '--out', out, ...roles]);
  // The AUC rule is unknown without a model, so the default policy fails; anything else is an error.
  if (ended.status !== 1) throw new Error(`gate ended with ${ended.status}: ${ended.err}`);
  return ended;
}

const [first, second] = process.argv.slice(2);
if (first === '--summarize') {
  await summarize(second);
  process.exit(0);
}
const file = fileURLToPath(new URL('work/gate/clicks-3m.parquet', import.meta.url));
if (!existsSync(file)) await generate(file);
const temp = mkdtempSync(path.join(tmpdir(), 'assay-bench-gate-'));
const lines = [
  `${rows} rows x ${Object.keys(columns).length} columns, Parquet of ${(statSync(file).size / 1e6).toFixed(0)} MB, default policy, ${threads} threads of ${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)} before`,
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
