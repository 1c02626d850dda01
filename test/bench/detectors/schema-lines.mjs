// What is read from two versions of a table: generated logs and public data. Thresholds were set on bank-sample, telco-churn
// and higgs, which are not in the table.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openStudy } from '../../../dist/src/dataset/open.js';
import { makeDemo } from '../../../dist/src/demo/make.js';
import { dataFolder } from './data.mjs';
import { plantNames, schemaReadings } from './schema.mjs';

const seeds = Array.from({ length: 20 }, (_, i) => i + 1);
/** The plant that is about the time, kept apart: few tables have one. */
const inTime = 'seconds-to-ms';
/** Wide tables take long. */
const seedsOf = { bandit: seeds.slice(0, 5), beers: seeds.slice(0, 5) };
const publicSets = {
  clicks: { train: 'clicks/clicks.csv.gz', label: 'label', positive: '1', time: 't', user: 'user', item: 'item' },
  bandit: { train: 'open-bandit/random_men.csv.gz', label: 'click', time: 'timestamp', item: 'item_id' },
  beers: { train: 'raha/beers_clean.csv.gz' },
  sites: { train: 'early-childhood-sites/sites.csv.gz' },
};

/** The lines of schema. */
export async function schemaLines({ engine, cache, once, say, figure }) {
  const demo = async (seed, run) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'assay-schema-bench-'));
    const { train, roles } = await makeDemo({ rows: 20_000, seed, folder, planted: false }, run);
    const study = await openStudy({ ...roles, train, cache }, run);
    run.onClose(async () => rmSync(folder, { recursive: true }));
    return study;
  };
  const sets = { demo };
  for (const [name, { train, ...options }] of Object.entries(publicSets))
    sets[name] = (_, run) => openStudy({ ...options, train: path.join(dataFolder, train), cache }, run);
  say('schema: half of the rows as version 1, the others as version 2 with one change planted; read exactly');
  for (const [set, open] of Object.entries(sets)) {
    const readings = [];
    for (const seed of seedsOf[set] ?? seeds)
      for (const plants of [plantNames.filter((plant) => plant !== inTime), [inTime]]) {
        const cell = `schema${plants[0] === inTime ? ` ${inTime}` : ''} ${set} ${seed}`;
        readings.push(...(await once(cell, () => schemaReadings(set, open, seed, plants, engine))));
      }
    for (const plant of new Set(readings.map((r) => r.plant))) {
      const own = readings.filter((r) => r.plant === plant);
      const exact = own.filter((r) => r.isExact);
      for (const { seed, want, got } of own.filter((r) => !r.isExact))
        say(`  ${set} seed ${seed} ${plant}: planted ${JSON.stringify(want)}, read ${JSON.stringify(got)}`);
      say(`  ${set.padEnd(8)} ${plant.padEnd(14)} ${exact.length} of ${own.length}`);
      figure(`schema.${plant}.${set}`, exact.length / own.length, '>=', plant === 'quiet' ? 0.95 : 0.9);
    }
  }
  say('the same in columns and values of any number of rows, of which few tell what became of them:');
  for (const plant of ['rename', 'renamed-value', 'merged-values']) {
    const readings = [];
    for (const seed of seeds)
      readings.push(
        ...(await once(`schema any rows ${plant} sites ${seed}`, () =>
          schemaReadings('sites', sets.sites, seed, [plant], engine, { column: 0, value: 0 }),
        )),
      );
    say(`  sites    ${plant.padEnd(14)} ${readings.filter((r) => r.isExact).length} of ${readings.length}`);
  }
}
