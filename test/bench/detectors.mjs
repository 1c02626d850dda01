// Detectors against known truth: `ASSAY_DATA=FOLDER npm run bench -- detectors [PART ...]`. Prints one line a figure, writes
// the parts that ran into test/bench/results/detectors.txt, and exits 1 where a figure falls short of its bar. Finished
// cells are kept in test/bench/work and not computed again. The part `logs` needs no data from outside.
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createDuckDb } from '../../dist/src/dataset/engines/duckdb/engine.js';
import { dataFolder } from './detectors/data.mjs';
import { dirtyCellLines } from './detectors/dirty-cells.mjs';
import { imbalanceLines } from './detectors/imbalance.mjs';
import { labelErrorLines } from './detectors/label-errors.mjs';
import { labelNoiseLines } from './detectors/label-noise.mjs';
import { largeLeakageLines } from './detectors/leakage-large.mjs';
import { leakageLines } from './detectors/leakage.mjs';
import { logDetectors } from './detectors/log-detectors.mjs';
import { missingLines } from './detectors/missing.mjs';
import { nearDuplicateLines } from './detectors/near-duplicates.mjs';
import { outlierLines } from './detectors/outliers.mjs';
import { overlapLines } from './detectors/overlap.mjs';
import { schemaLines } from './detectors/schema-lines.mjs';
import { skewLines } from './detectors/skew.mjs';
import { tablePart } from './detectors/table-part.mjs';

const parts = {
  'label-noise': labelNoiseLines,
  'label-errors': labelErrorLines,
  missing: missingLines,
  leakage: leakageLines,
  'leakage-large': largeLeakageLines,
  overlap: overlapLines,
  outliers: outlierLines,
  imbalance: imbalanceLines,
  'dirty-cells': dirtyCellLines,
  'near-duplicates': nearDuplicateLines,
  schema: schemaLines,
  skew: skewLines,
};

const asked = process.argv.slice(2);
if (asked[0] === 'logs' && asked.length > 1) process.exit((await logDetectors(...asked.slice(1))) > 0 ? 1 : 0);
const unknown = asked.filter((name) => name !== 'logs' && parts[name] === undefined);
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. The parts are ${Object.keys(parts).join(', ')} and logs.`);
  process.exit(3);
}
const chosen = Object.keys(parts).filter((name) => asked.length === 0 || asked.includes(name));
if (chosen.length > 0 && dataFolder === undefined) {
  console.error('Set ASSAY_DATA to the folder of the public data sets.');
  process.exit(3);
}
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
mkdirSync(here('work'), { recursive: true });
const version = 10; // raise when detector or trainer change: earlier cells then do not count
const store = here(`work/detectors-${version}.jsonl`);
const done = new Map(
  (existsSync(store) ? readFileSync(store, 'utf8').split('\n').filter(Boolean) : [])
    .map((line) => JSON.parse(line))
    .map(({ cell, value }) => [cell, value]),
);
async function once(cell, compute) {
  if (!done.has(cell)) {
    done.set(cell, await compute());
    appendFileSync(store, `${JSON.stringify({ cell, value: done.get(cell) })}\n`);
  }
  return done.get(cell);
}

let short = 0;
const engine = await createDuckDb({ threads: 2 });
for (const name of chosen) {
  const shared = { engine, cache: here('work/cache'), once, seeds: [1, 2, 3] };
  short += await tablePart('detectors.txt', Object.keys(parts), name, (say, figure) =>
    parts[name]({ ...shared, say, figure }),
  );
}
await engine.close();
if (asked.length === 0 || asked.includes('logs')) short += await logDetectors();
process.exit(short > 0 ? 1 : 0);
