// The detectors of logs, each with its figures over generated logs: `npm run bench -- detectors logs`, or some
// of them: `npm run bench -- detectors logs holes`. Needs no data from outside,
// but looks at Open Bandit where ASSAY_DATA names the folder of the public data sets.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createDuckDb } from '../../../dist/src/dataset/engines/duckdb/engine.js';
import { botUsers } from './bots.mjs';
import { conceptDrifts } from './concept-drift.mjs';
import { contradicted } from './conflicts.mjs';
import { delayed } from './delayed-labels.mjs';
import { sourcesOfRows } from './domains.mjs';
import { missingRows } from './holes.mjs';
import { positionBiases } from './position-bias.mjs';
import { orderOfEvents } from './sequence.mjs';
import { slicesFound } from './slices.mjs';

const parts = {
  'delayed-labels': delayed,
  bots: botUsers,
  holes: missingRows,
  'concept-drift': conceptDrifts,
  'position-bias': positionBiases,
  sequence: orderOfEvents,
  conflicts: contradicted,
  domains: sourcesOfRows,
  slices: slicesFound,
};

/**
 * Runs all parts, or those named and those alone, and gives the number of figures that fall short. The table of all of them is
 * test/bench/results/detectors-logs.txt.
 */
export async function logDetectors(...only) {
  const lines = [];
  const say = (line) => {
    console.log(line);
    lines.push(line);
  };
  let short = 0;
  const figure = (name, value, op, bar) => {
    const ok = op === '>=' ? value >= bar : value <= bar;
    if (!ok) short++;
    say(`figure ${name} ${Number(value.toFixed(4))} bar ${op} ${bar} ${ok ? 'ok' : 'short'}`);
  };
  const engine = await createDuckDb({ threads: 2 });
  for (const [name, part] of Object.entries(parts))
    if (only.length === 0 || only.includes(name)) await part(engine, say, figure);
  await engine.close();
  if (only.length > 0) return short;
  const results = new URL('../results/', import.meta.url);
  mkdirSync(results, { recursive: true });
  writeFileSync(new URL('detectors-logs.txt', results), `${lines.join('\n')}\n`);
  return short;
}
