import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { defects } from '../../analyzers/index.js';
import { createRun } from '../../src/core/run.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { generatedStudyWithTest } from './generated-file.js';
import { matrix, type Planting } from './matrix.js';

const rows = 12_000;

async function planted(planting: Planting): ReturnType<typeof matrix> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-matrix-'));
  const engine = await createDuckDb({ threads: 2 });
  const run = createRun({ engine, threads: 2 });
  const study = await generatedStudyWithTest(rows, folder, run);
  const found = await matrix(study, planting, run);
  await run.close();
  await engine.close();
  await rm(folder, { recursive: true, force: true });
  return found;
}

/** Doses, as `npm run bench -- matrix` gives them: every one looks with all detectors, which takes long. */
const doses = (process.env['ASSAY_MATRIX'] ?? '')
  .split(' ')
  .filter((dose) => dose !== '')
  .map(Number);
const table = fileURLToPath(new URL('../bench/results/matrix.txt', import.meta.url));

it.runIf(doses.length > 0)(
  'damage is reported as promised, or missed for a reason',
  { timeout: 7_200_000 },
  async () => {
    const { lines, unexplained } = await planted({ defects, doses, asked: () => defects });
    const figure = `figure matrix.misses-without-reason ${unexplained} bar <= 0 ${unexplained === 0 ? 'ok' : 'short'}`;
    const head = `${rows} generated rows; detectors that report what was planted, by dose`;
    await writeFile(table, `${[head, ...lines, figure].join('\n')}\n`);
    expect(unexplained).toBe(0);
  },
);

it(
  'at a small size (one dose, nothing trained, asked of the own detector and of drift) is what it was',
  { timeout: 1_800_000 },
  async () => {
    const looking = defects.filter(({ trains }) => !trains);
    const [drift] = looking.filter(({ id }) => id === 'drift');
    const asked: Planting['asked'] = (defect) => [...new Set([defect, drift!])];
    const { lines, unexplained } = await planted({ defects: looking, doses: [0.2], asked });
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../../fixtures/golden/matrix.txt');
    expect(unexplained).toBe(0);
  },
);
