// A whole audit of a generated log of 20,000,000 rows x 40 columns under a memory limit, and of its first million, each
// in a process of its own as a user would run it: `npm run bench -- scale [ROWS]`. The log is made once and kept.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDuckDb } from '../../dist/src/dataset/engines/duckdb/engine.js';
import { audited } from './scale/audited.mjs';

const rows = Number(process.argv[2] ?? 20_000_000);
const work = fileURLToPath(new URL('work/scale', import.meta.url));
const temp = mkdtempSync(path.join(tmpdir(), 'assay-scale-'));
mkdirSync(work, { recursive: true });

/** Uniform in [0, 1) from the row number and the number of the draw: the same log on every machine. */
const draw = (n) => `(hash(i * 64 + ${n}) >> 11) / 9007199254740992e0`;
// The exponents matter: they make these literals doubles. As decimals, this product takes 30 times as long.
const normal = (n) => `sqrt(-2 * ln(1 - ${draw(n)})) * cos(6.283185307179586e0 * ${draw(n + 1)})`;
/** A level of a long tail: few are frequent, most are rare. */
const tail = (n, levels) => `CAST(floor(pow(${draw(n)}, 3) * ${levels}) AS INTEGER)`;

/** 40 columns: time, user, item, 6 codes, 6 texts, 24 numbers (4 with nulls), label; 3% positive. */
function select(count) {
  const numbers = Array.from({ length: 24 }, (_, c) => {
    const value = c % 3 === 2 ? `round(exp(${normal(2 * c)}), 2)` : `round(${normal(2 * c)}, 4)`;
    return `${c < 4 ? `CASE WHEN ${draw(54 + c)} < .05 THEN NULL ELSE ${value} END` : value} AS x${c}`;
  });
  const codes = [3, 8, 24, 60, 200, 1000].map((levels, c) => `${tail(2 * c + 1, levels)} AS code${c}`);
  const texts = [4, 12, 40, 300, 5000, 40_000].map((levels, c) => `'v' || ${tail(2 * c + 13, levels)} AS text${c}`);
  const logit = `-4 + .6 * ${normal(0)} - .4 * ${normal(2)} + .3 * (${tail(1, 3)} - 1)`;
  return `SELECT TIMESTAMP '2026-01-01' + to_seconds(CAST(floor(i * (28 * 86400.0 / ${count})) AS BIGINT)) AS time,
    ${tail(58, 2_000_000)} AS user_id, ${tail(59, 200_000)} AS item_id, ${[...codes, ...texts, ...numbers].join(', ')},
    CAST(${draw(60)} < 1 / (1 + exp(-(${logit}))) AS TINYINT) AS clicked
    FROM range(${count}) r(i)`;
}

const engine = await createDuckDb({ memory: '3GB', threads: 2, temp });
const call = { id: 'scale', signal: new AbortController().signal };

async function made(count) {
  const file = path.join(work, `log-${count}.parquet`);
  if (existsSync(file)) return file;
  await engine.write({ sql: select(count) }, { kind: 'parquet', path: `${file}.draft` }, call);
  renameSync(`${file}.draft`, file);
  return file;
}

async function summarize(file) {
  const [begun, cpu] = [performance.now(), process.cpuUsage()];
  await engine.rows({ sql: `SUMMARIZE SELECT * FROM read_parquet('${file}')` }, 100, call);
  const { user, system } = process.cpuUsage(cpu);
  return { seconds: (performance.now() - begun) / 1000, cpu: (user + system) / 1e6 };
}

const lines = [];
const say = (line) => {
  console.log(line);
  lines.push(line);
};
const roles = ['--label', 'clicked', '--time', 'time', '--user', 'user_id', '--item', 'item_id'];
const audit = (file, ...more) => audited(file, [...roles, ...more], temp);
const small = Math.min(1_000_000, rows);
const files = [await made(small), await made(rows)];
say(`load ${loadavg()[0].toFixed(1)} before; every line: seconds, processor seconds`);
const base = await summarize(files[1]);
await engine.close();
const tell = (name, { seconds, cpu, peak }) =>
  say(`${name} ${seconds.toFixed(1)}, ${cpu.toFixed(1)}${peak === undefined ? '' : `, peak ${peak.toFixed(0)} MB`}`);
tell(`SUMMARIZE of ${rows} rows`, base);
const few = await audit(files[0]);
tell(`audit of ${small} rows`, few);
// What is left trains nothing but for one question of `missing`, which is counted here.
const model = await audit(files[1], '--skip', 'label-noise,concept-drift');
tell(`audit of ${rows} rows without models`, model);
const whole = await audit(files[1]);
tell(`audit of ${rows} rows`, whole);
const figures = [
  ['peak-rss-mb', Math.max(model.peak, whole.peak), 5000],
  ['model-free-over-summarize', model.seconds / base.seconds, 5],
  ['audit-over-summarize', whole.seconds / base.seconds, 8],
  ['cost-per-row-growth', whole.seconds / rows / (few.seconds / small), 1.3],
];
for (const [name, value, bar] of figures)
  say(`figure scale.${name} ${value.toFixed(2)} bar <= ${bar} ${value <= bar ? 'ok' : 'short'}`);
writeFileSync(new URL('results/scale.txt', import.meta.url), `${lines.join('\n')}\n`);
rmSync(temp, { recursive: true, force: true });
process.exit(figures.every(([, value, bar]) => value <= bar) ? 0 : 1);
