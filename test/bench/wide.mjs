// A whole audit of 200,000 rows with 500 and with 5,000 columns under a memory limit, each in a process of its own: time
// against columns, memory, and the report in Chromium: `npm run bench -- wide [ROWS]`. The files are made once and kept.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { chromium } from 'playwright-core';
import { audited } from './scale/audited.mjs';

const rows = Number(process.argv[2] ?? 200_000);
const widths = [500, 5000];
const work = fileURLToPath(new URL('work/scale', import.meta.url));
mkdirSync(work, { recursive: true });
const temp = mkdtempSync(path.join(tmpdir(), 'assay-wide-'));

/** Uniform in [0, 1) from the row number and the number of the draw: the same table on every machine. */
const draw = (n) => `(hash(i * 16384 + ${n}) >> 11) / 9007199254740992e0`;

/** Of ten columns six are numbers (one with nulls), two codes, two texts; the label follows the first three; 5% positive. */
function column(c) {
  const n = 2 * c;
  if (c % 10 < 6) {
    const value = `round(${draw(n)} + ${draw(n + 1)}, 4)`;
    return c % 10 === 5 ? `CASE WHEN ${draw(n + 1)} < .1 THEN NULL ELSE ${value} END` : value;
  }
  const level = `CAST(floor(pow(${draw(n)}, 3) * ${[8, 200, 12, 2000][(c % 10) - 6]}) AS INTEGER)`;
  return c % 10 < 8 ? level : `'v' || ${level}`;
}

function select(width) {
  const columns = Array.from({ length: width - 3 }, (_, c) => `${column(c)} AS f${c}`);
  const logit = `-5.2 + ${[0, 1, 2].map((c) => column(c)).join(' + ')} - .1 * ${column(6)}`;
  return `SELECT TIMESTAMP '2026-01-01' + to_seconds(i * 12) AS time, CAST(floor(${draw(16_380)} * ${rows / 20}) AS INTEGER) AS user_id,
    ${columns.join(', ')}, CAST(${draw(16_381)} < 1 / (1 + exp(-(${logit}))) AS TINYINT) AS clicked FROM range(${rows}) r(i)`;
}

async function made(width) {
  const file = path.join(work, `wide-${rows}-${width}.parquet`);
  if (existsSync(file)) return file;
  const engine = await DuckDBInstance.create(':memory:', { memory_limit: '3GB', threads: '2', temp_directory: temp });
  const connection = await engine.connect();
  // Small groups of rows: with thousands of columns a group of the usual size would be gigabytes.
  await connection.run(`COPY (${select(width)}) TO '${file}.draft' (FORMAT parquet, ROW_GROUP_SIZE 8192)`);
  connection.closeSync();
  engine.closeSync();
  renameSync(`${file}.draft`, file);
  return file;
}

const lines = [];
const say = (line) => {
  console.log(line);
  lines.push(line);
};
const files = [];
for (const width of widths) files.push(await made(width));
say(`load ${loadavg()[0].toFixed(1)} before`);
const results = [];
for (const [i, file] of files.entries()) {
  const out = path.join(temp, String(widths[i]));
  const result = await audited(file, ['--label', 'clicked', '--time', 'time', '--user', 'user_id'], out, '3GB');
  const [run] = readdirSync(path.join(out, 'runs'));
  const report = path.join(out, 'runs', run, 'report.html');
  results.push({ ...result, report, megabytes: statSync(report).size / 1e6 });
  const { seconds, cpu, peak, megabytes } = results[i];
  say(
    `${rows} rows x ${widths[i]} columns: ${seconds.toFixed(1)} s, ${cpu.toFixed(1)} processor seconds, peak ${peak.toFixed(0)} MB, report ${megabytes.toFixed(1)} MB`,
  );
}
const shown = await opened(results[1].report);
say(
  `report of ${widths[1]} columns: heading ${shown.heading.toFixed(1)} s, a column found by name ${shown.found.toFixed(1)} s`,
);
const figures = [
  ['peak-rss-mb', results[1].peak, 4096],
  ['time-10x-columns', results[1].seconds / results[0].seconds, 12],
  ['report-mb', results[1].megabytes, 40],
  ['report-heading-s', shown.heading, 5],
  ['report-problems', shown.problems, 0],
];
for (const [name, value, bar] of figures)
  say(`figure wide.${name} ${value.toFixed(2)} bar <= ${bar} ${value <= bar ? 'ok' : 'short'}`);
writeFileSync(new URL('results/wide.txt', import.meta.url), `${lines.join('\n')}\n`);
rmSync(temp, { recursive: true, force: true });
process.exit(figures.every(([, value, bar]) => value <= bar) ? 0 : 1);

/** Seconds until the report has its heading, and until a click on a fold or a search has an answer. */
async function opened(report) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
    let problems = 0;
    page.on('console', (m) => void (['error', 'warning'].includes(m.type()) ? problems++ : 0));
    page.on('pageerror', () => void problems++);
    let begun = performance.now();
    await page.goto(pathToFileURL(report).href, { waitUntil: 'commit' });
    await page.getByRole('heading').first().waitFor();
    const heading = (performance.now() - begun) / 1000;
    await page.waitForLoadState('load');
    begun = performance.now();
    await page.getByText('f4990', { exact: true }).first().scrollIntoViewIfNeeded();
    return { heading, found: (performance.now() - begun) / 1000, problems };
  } finally {
    await browser.close();
  }
}
