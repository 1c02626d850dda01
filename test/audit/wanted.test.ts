import { expect, it } from 'vitest';
import type { Measurement } from '../../src/core/evidence.js';
import { defects } from '../../analyzers/index.js';
import { audit, type Audit } from '../../src/audit/audit.js';
import { createRun } from '../../src/core/run.js';
import { openStudy } from '../../src/dataset/open.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { fixture, inFolder } from '../cli/assay.js';

function measurementsOf(found: Audit): readonly Measurement[] {
  return [...found.values()].flatMap((outcome) => (outcome.outcome === 'ok' ? outcome.evidence.measurements : []));
}

it('gives a measurement the same value whether it alone is wanted or all of them are', async () => {
  await inFolder(async (cache) => {
    const engine = await createDuckDb({ memory: '1GB', threads: 2 });
    const run = createRun({ engine });
    const train = fixture('real/open-bandit-random-men.csv.gz');
    const study = await openStudy({ train, label: 'click', time: 'timestamp', cache }, run);
    const looking = defects.filter((defect) => !defect.trains);
    const all = measurementsOf(await audit(study, looking, run));
    const names = new Set(all.map(({ name }) => name));
    expect(names.size).toBeGreaterThanOrEqual(6);
    for (const name of names) {
      const [id] = name.split('.');
      const own = looking.filter((defect) => defect.id === id);
      const alone = await audit(study, own, run, new Set([name]));
      expect(measurementsOf(alone)).toEqual(all.filter((measurement) => measurement.name === name));
    }
    await engine.close();
  });
}, 120_000);
