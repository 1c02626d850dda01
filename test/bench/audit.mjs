// Model-free analyzers on 3,000,000 flights against DuckDB's own SUMMARIZE of the file, in one process, in turn.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defects } from '../../dist/analyzers/index.js';
import { audit } from '../../dist/src/audit/audit.js';
import { createRun } from '../../dist/src/core/run.js';
import { openStudy } from '../../dist/src/dataset/open.js';
import { createDuckDb } from '../../dist/src/dataset/engines/duckdb/engine.js';

const rounds = 3;
const flights = fileURLToPath(new URL('../data/flights-3m.parquet', import.meta.resolve('vega-datasets')));
const temp = mkdtempSync(path.join(tmpdir(), 'assay-bench-'));
const modelFree = defects.filter((defect) => defect.id !== 'label-noise');
const engine = await createDuckDb({ memory: '1500MB', threads: 2, temp });
const call = { id: 'bench', signal: new AbortController().signal };

// The label of the published task: more than 15 minutes late. `delay` itself would give it away.
const labelled = path.join(temp, 'flights.parquet');
const columns = 'date, distance, origin, destination, CAST(delay > 15 AS TINYINT) AS late';
await engine.write(
  { sql: `SELECT ${columns} FROM read_parquet('${flights}')` },
  { kind: 'parquet', path: labelled },
  call,
);

const ratios = [];
const lines = [];
for (let round = 0; round < rounds; round++) {
  const run = createRun({ engine, threads: 2 });
  let begun = performance.now();
  await engine.rows({ sql: `SUMMARIZE SELECT * FROM read_parquet('${labelled}')` }, 100, call);
  const summarize = performance.now() - begun;
  begun = performance.now();
  const study = await openStudy(
    { train: labelled, label: 'late', positive: '1', time: 'date', cache: path.join(temp, 'cache') },
    run,
  );
  const opened = performance.now() - begun;
  const parts = [];
  for (const defect of modelFree) {
    begun = performance.now();
    const [outcome] = (await audit(study, [defect], run)).values();
    parts.push({ id: defect.id, ms: performance.now() - begun, outcome: outcome.outcome });
  }
  const total = opened + parts.reduce((sum, part) => sum + part.ms, 0);
  ratios.push(total / summarize);
  lines.push(
    `round ${round}: SUMMARIZE ${summarize.toFixed(0)} ms, open ${opened.toFixed(0)} ms, ${parts.map((p) => `${p.id} ${p.ms.toFixed(0)} (${p.outcome})`).join(', ')}`,
  );
  await run.close();
}
await engine.close();
rmSync(temp, { recursive: true, force: true });

const ratio = ratios.toSorted((a, b) => a - b)[Math.floor(rounds / 2)];
const peakMb = process.resourceUsage().maxRSS / 1024;
const figures = [
  ['audit-over-summarize', ratio, 5],
  ['audit-peak-rss-mb', peakMb, 2048],
];
const said = figures.map(
  ([name, value, bar]) => `figure ${name} ${value.toFixed(2)} bar <= ${bar} ${value <= bar ? 'ok' : 'short'}`,
);
const table = [...lines, ...said, ''].join('\n');
process.stdout.write(table);
writeFileSync(new URL('results/audit.txt', import.meta.url), table);
process.exit(figures.every(([, value, bar]) => value <= bar) ? 0 : 1);
