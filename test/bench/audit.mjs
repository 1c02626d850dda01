// Whole audits, all detectors, against their bars: the demo of 200,000 rows in seconds, and 3,000,000 flights in multiples
// of DuckDB's own SUMMARIZE of the same file, taken before and after in the same process; and 2,000 rows of 5,000 columns, where
// the caps of models and pairs are what keeps the time in bounds. `npm run bench -- audit [demo|flights|wide]` prints what each
// detector took and what it left out, and keeps the table in test/bench/results/audit.txt.
import { spawnSync } from 'node:child_process';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defects } from '../../dist/analyzers/index.js';
import { audit } from '../../dist/src/audit/audit.js';
import { createRun } from '../../dist/src/core/run.js';
import { openStudy } from '../../dist/src/dataset/open.js';
import { createDuckDb } from '../../dist/src/dataset/engines/duckdb/engine.js';
import { makeDemo } from '../../dist/src/demo/make.js';

const threads = 2;
const table = new URL('results/audit.txt', import.meta.url);
const lines = [];
const say = (line) => {
  console.log(line);
  lines.push(line);
};
let short = 0;
const figure = (name, value, bar) => {
  if (!(value <= bar)) short++;
  say(`figure ${name} ${value.toFixed(2)} bar <= ${bar} ${value <= bar ? 'ok' : 'short'}`);
};
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/** Opens a study and looks for every defect, timing each; the milliseconds of all together. */
async function timed(open, run) {
  const begun = performance.now();
  const study = await open();
  say(`  opened in ${seconds(performance.now() - begun)}`);
  for (const defect of defects) {
    const at = performance.now();
    const [outcome] = (await audit(study, [defect], run)).values();
    const why = outcome.outcome === 'failed' ? `: ${outcome.reason}` : '';
    say(`  ${defect.id} ${seconds(performance.now() - at)} (${outcome.outcome}${why})`);
    if (outcome.outcome === 'failed') short++;
    if (outcome.outcome !== 'ok') continue;
    for (const { code, args } of outcome.evidence.findings)
      if (/\.not-/.test(code)) say(`    ${defect.sentences[code](args)}`);
  }
  return performance.now() - begun;
}

async function inEngine(work) {
  const temp = mkdtempSync(path.join(tmpdir(), 'assay-bench-'));
  const engine = await createDuckDb({ memory: '1500MB', threads, temp });
  const run = createRun({ engine, threads, id: 'bench' });
  try {
    await work(engine, run, temp);
  } finally {
    await run.close();
    await engine.close();
    rmSync(temp, { recursive: true, force: true });
  }
}

/** One of four words. */
const word = (draw) => `['Lisbon', 'Oslo', 'Graz', 'Verona'][1 + CAST(floor(4 * ${draw}) AS INTEGER)]`;

const parts = {
  demo: () =>
    inEngine(async (engine, run, temp) => {
      const { train, roles } = await makeDemo({ rows: 200_000, seed: 1, folder: temp }, run);
      say('demo with its planted defects, 200,000 rows');
      const ms = await timed(() => openStudy({ train, ...roles, cache: path.join(temp, 'cache') }, run), run);
      figure('audit.demo-200k-seconds', ms / 1000, 90);
    }),
  flights: () =>
    inEngine(async (engine, run, temp) => {
      const file = fileURLToPath(new URL('../data/flights-3m.parquet', import.meta.resolve('vega-datasets')));
      // The label of the published task: more than 15 minutes late. `delay` itself would give it away.
      const labelled = path.join(temp, 'flights.parquet');
      const sql = `SELECT date, distance, origin, destination, CAST(delay > 15 AS TINYINT) AS late FROM read_parquet('${file}')`;
      await engine.write({ sql }, { kind: 'parquet', path: labelled }, run);
      say('flights, 3,000,000 rows, later than 15 minutes');
      const summaries = [];
      const summarize = async () => {
        const begun = performance.now();
        await engine.rows({ sql: `SUMMARIZE SELECT * FROM read_parquet('${labelled}')` }, 100, run);
        summaries.push(performance.now() - begun);
      };
      for (let i = 0; i < 3; i++) await summarize();
      const options = { train: labelled, label: 'late', positive: '1', time: 'date', cache: path.join(temp, 'cache') };
      const ms = await timed(() => openStudy(options, run), run);
      for (let i = 0; i < 3; i++) await summarize();
      const middle = summaries.toSorted((a, b) => a - b)[2];
      say(`  whole audit ${seconds(ms)}; SUMMARIZE before and after: ${summaries.map(seconds).join(', ')}`);
      figure('audit.flights-3m-over-summarize', ms / middle, 15);
    }),
  wide: () =>
    inEngine(async (engine, run, temp) => {
      const u = (name) => engine.dialect.uniform(name, 'k');
      const number = (i) => `CASE WHEN ${i} % 10 > 0 OR ${u(`null${i}`)} > 0.3 THEN round(${u(`x${i}`)} * 1e6) END`;
      const columns = Array.from({ length: 4998 }, (_, i) =>
        i < 4000
          ? `${number(i)} AS x${i}`
          : i < 4400
            ? `floor(6 * ${u(`c${i}`)}) AS code${i}`
            : `${word(u(`w${i}`))} AS word${i}`,
      );
      const head = `k % 2 AS click, TIMESTAMP '2026-01-05' + to_seconds(600 * k) AS happened`;
      const file = path.join(temp, 'wide.parquet');
      const sql = `SELECT ${head}, ${columns.join(', ')} FROM (SELECT range AS k FROM range(2000))`;
      await engine.write({ sql }, { kind: 'parquet', path: file }, run);
      say('2,000 rows of 5,000 columns');
      const options = { train: file, label: 'click', positive: '1', time: 'happened', cache: path.join(temp, 'cache') };
      say(`  whole audit ${seconds(await timed(() => openStudy(options, run), run))}`);
    }),
};
/** Megabytes that a part may take at most; wide files have a bench of their own, with its bar. */
const mostMemory = { demo: 2048, flights: 2048 };

/** One part, in a process of its own: what one has taken is not counted for the next. */
async function one(name) {
  await parts[name]();
  const peak = process.resourceUsage().maxRSS / 1024;
  if (mostMemory[name] === undefined) say(`figure audit.${name}-peak-rss-mb ${peak.toFixed(0)} no bar`);
  else figure(`audit.${name}-peak-rss-mb`, peak, mostMemory[name]);
}

const [asked] = process.argv.slice(2);
if (asked !== undefined) await one(asked);
else {
  say(`${availableParallelism()} cores, ${threads} threads, load ${loadavg()[0].toFixed(1)} at the start`);
  for (const name of Object.keys(parts)) {
    const done = spawnSync(process.execPath, [fileURLToPath(import.meta.url), name], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for (const line of done.stdout.trimEnd().split('\n')) say(line);
    if (done.status !== 0) short++;
  }
  writeFileSync(table, `${lines.join('\n')}\n`);
}
process.exit(short > 0 ? 1 : 0);
