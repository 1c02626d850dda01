// The detectors of logs, each with its figures over generated logs: `npm run bench -- detectors logs`, or some
// of them: `npm run bench -- detectors logs holes`. Needs no data from outside,
// but looks at Open Bandit where ASSAY_DATA names the folder of the public data sets.
import { createDuckDb } from '../../../dist/src/dataset/engines/duckdb/engine.js';
import { botUsers } from './bots.mjs';
import { conceptDrifts } from './concept-drift.mjs';
import { contradicted } from './conflicts.mjs';
import { delayed } from './delayed-labels.mjs';
import { sourcesOfRows } from './domains.mjs';
import { missingRows } from './holes.mjs';
import { keep } from './keep.mjs';
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
 * Runs all parts, or those named, and gives the number of figures that fall short. Each part has its place in the table
 * test/bench/results/detectors-logs.txt.
 */
export async function logDetectors(...only) {
  let short = 0;
  const engine = await createDuckDb({ threads: 2 });
  for (const [name, part] of Object.entries(parts)) {
    if (only.length > 0 && !only.includes(name)) continue;
    const lines = [];
    const say = (line) => {
      console.log(line);
      lines.push(line);
    };
    const figure = (what, value, op, bar) => {
      const ok = op === '>=' ? value >= bar : value <= bar;
      if (!ok) short++;
      say(`figure ${what} ${Number(value.toFixed(4))} bar ${op} ${bar} ${ok ? 'ok' : 'short'}`);
    };
    await part(engine, say, figure);
    keep('detectors-logs.txt', Object.keys(parts), name, lines);
  }
  await engine.close();
  return short;
}
