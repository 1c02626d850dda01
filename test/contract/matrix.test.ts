import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { defects } from '../../analyzers/index.js';
import { createRun } from '../../src/core/run.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { generatedStudyWithTest } from './generated-file.js';
import { matrix } from './matrix.js';

/** Doses, as `npm run bench -- matrix` gives them; every one looks with all detectors, so without them nothing is done. */
const doses = (process.env['ASSAY_MATRIX'] ?? '')
  .split(' ')
  .filter((dose) => dose !== '')
  .map(Number);
const table = fileURLToPath(new URL('../bench/results/matrix.txt', import.meta.url));

it.runIf(doses.length > 0)(
  'damage is reported as promised, or missed for a reason',
  { timeout: 7_200_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'assay-matrix-'));
    const engine = await createDuckDb({ threads: 2 });
    const run = createRun({ engine, threads: 2 });
    const study = await generatedStudyWithTest(12_000, folder, run);
    const { lines, unexplained } = await matrix(study, defects, doses, run);
    await run.close();
    await engine.close();
    await rm(folder, { recursive: true, force: true });
    const figure = `figure matrix.misses-without-reason ${unexplained} bar <= 0 ${unexplained === 0 ? 'ok' : 'short'}`;
    const head = '12000 generated rows; detectors that report what was planted, by dose';
    await writeFile(table, `${[head, ...lines, figure].join('\n')}\n`);
    expect(unexplained).toBe(0);
  },
);
