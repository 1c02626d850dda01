// The detectors of logs, each with its figures over generated logs: `npm run bench -- detectors logs`, or some
// of them: `npm run bench -- detectors logs holes`. Needs no data from outside,
// but looks at Open Bandit where ASSAY_DATA names the folder of the public data sets.
import { createDuckDb } from '../../../dist/src/dataset/engines/duckdb/engine.js';
import { botUsers } from './bots.mjs';
import { conceptDrifts } from './concept-drift.mjs';
import { contradicted } from './conflicts.mjs';
import { delayed } from './delayed-labels.mjs';
import { sourcesOfRows } from './domains.mjs';
import { brokenVectors } from './embeddings.mjs';
import { missingRows } from './holes.mjs';
import { positionBiases } from './position-bias.mjs';
import { orderOfEvents } from './sequence.mjs';
import { slicesFound } from './slices.mjs';
import { tablePart } from './table-part.mjs';

const parts = {
  'delayed-labels': delayed,
  bots: botUsers,
  holes: missingRows,
  'concept-drift': conceptDrifts,
  'position-bias': positionBiases,
  sequence: orderOfEvents,
  conflicts: contradicted,
  domains: sourcesOfRows,
  embeddings: brokenVectors,
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
    short += await tablePart('detectors-logs.txt', Object.keys(parts), name, (say, figure) =>
      part(engine, say, figure),
    );
  }
  await engine.close();
  return short;
}
