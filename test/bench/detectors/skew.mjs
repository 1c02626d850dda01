// Skew: served rows made of the training rows, one column of them damaged in three tenths of the rows (drawn by key). A
// reading counts only where it names column, kind, and lag, entity, factor or value, and nothing else.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { skew } from '../../../dist/analyzers/skew/index.js';
import { createRandom } from '../../../dist/src/core/random.js';
import { createRun } from '../../../dist/src/core/run.js';
import { openStudy } from '../../../dist/src/dataset/open.js';
import { makeDemo } from '../../../dist/src/demo/make.js';
import { dataFolder } from './data.mjs';

const seeds = Array.from({ length: 5 }, (_, i) => i + 1);
const hour = 3600;
const lags = [
  ['1 hour', hour],
  ['6 hours', 6 * hour],
  ['1 day', 24 * hour],
  ['2 days', 48 * hour],
];
const factors = [60, 100, 1000, 1 / 1000];

/** The served value of a column, as SQL over the training row `t`, and what has to be read. */
const plants = {
  quiet: () => ({ value: null, want: [] }),
  stale: ({ entity, column, at, whole, draw, epoch }) => {
    const [says, seconds] = lags[Math.floor(lags.length * draw)];
    const past = `SELECT ${entity.id} AS e, ${epoch(at.id)} AS s, ${column.id} AS v FROM ${whole.name}`;
    return {
      value: 'coalesce(h.v, t.v)',
      join: `ASOF LEFT JOIN (${past}) AS h ON h.e = t.e AND h.s <= t.s - ${seconds}`,
      want: [`skew.stale ${column.name} ${says} ${entity.name} serving`],
    };
  },
  wrong: ({ column, whole }) => ({
    value: 'w.v',
    join: `JOIN (SELECT row_number() OVER (ORDER BY k) - 1 AS place, ${column.id} AS v FROM ${whole.name}) AS w ON w.place = (t.k * 7919 + 13) % ${whole.rows}`,
    want: [`skew.wrong ${column.name}`],
  }),
  unit: ({ column, draw }) => {
    const factor = factors[Math.floor(factors.length * draw)];
    return { value: `t.v * ${factor}`, want: [`skew.unit ${column.name} ${factor}`] };
  },
  default: ({ column }) => ({ value: '-1', want: [`skew.default ${column.name} -1.0 serving`] }),
};

/** What is read of each plant, for one seed. */
async function readings(set, open, seed, engine) {
  const run = createRun({ engine, threads: 2, id: `skew-${set}-${seed}` });
  const found = [];
  try {
    const { study, entities } = await open(seed, run);
    const { whole, roles } = study;
    const epoch = (id) => engine.dialect.epoch(id, roles.time.type);
    for (const [plant, make] of Object.entries(plants)) {
      const random = createRandom(seed).fork(`skew-bench/${set}/${plant}`);
      const names = Object.keys(entities);
      const name = names[Math.floor(names.length * random.at(0))];
      const column = whole.columns.find((c) => c.name === name);
      const entity = roles[entities[name]];
      const { value, join = '', want } = make({ column, entity, at: roles.time, whole, draw: random.at(1), epoch });
      const serving = { ...whole, name: `skew_bench_${set}_served` };
      const list = whole.columns.map(({ id }) =>
        id === column.id && value !== null ? `coalesce(p.v, o.${id}) AS ${id}` : `o.${id}`,
      );
      const hit = `${engine.dialect.uniform(`skew-bench/${seed}`, 'k')} < 0.3`;
      const rows = `SELECT k, ${entity.id} AS e, ${epoch(roles.time.id)} AS s, ${column.id} AS v FROM ${whole.name} WHERE ${hit}`;
      const made =
        value === null
          ? 'SELECT NULL AS k, NULL AS v WHERE false'
          : `SELECT t.k AS k, ${value} AS v FROM (${rows}) AS t ${join}`;
      const sql = `SELECT o.k + 1099511627776 AS k, ${list.join(', ')} FROM ${whole.name} AS o LEFT JOIN (${made}) AS p ON p.k = o.k`;
      await engine.write({ sql }, { kind: 'table', name: serving.name }, run);
      const { findings } = await skew.detect({ ...study, serving }, run);
      const got = findings.map(said);
      found.push({ plant, seed, isExact: JSON.stringify(got) === JSON.stringify(want), got, want });
    }
  } finally {
    await run.close();
  }
  return found;
}

function said({ code, args }) {
  const more = [args.lag, args.entity, args.factor, args.value, args.side].filter((part) => part !== undefined);
  return [code, args.column, ...more].join(' ');
}

/** The lines of skew. */
export async function skewLines({ engine, cache, once, say, figure }) {
  const demo = async (seed, run) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'assay-skew-bench-'));
    const { train, roles } = await makeDemo({ rows: 20_000, seed, folder, planted: false }, run);
    run.onClose(async () => rmSync(folder, { recursive: true }));
    // The log has no key of its own; its moments are of a thousandth of a second, and one user is at one place at a time.
    const study = await openStudy({ ...roles, key: ['time', 'user', 'item', 'position'], train, cache }, run);
    return { study, entities: { user_ctr: 'user', item_ctr: 'item' } };
  };
  const clicks = async (_, run) => {
    const options = {
      label: 'label',
      positive: '1',
      time: 't',
      user: 'user',
      item: 'item',
      key: ['row'],
      exclude: ['eta'],
    };
    const study = await openStudy({ ...options, train: path.join(dataFolder, 'clicks/clicks.csv.gz'), cache }, run);
    return { study, entities: { user_ctr: 'user', item_ctr: 'item', affinity: 'user' } };
  };
  say('skew: a column of the served rows damaged in three tenths of the rows, 5 seeds; named exactly');
  for (const [set, open] of Object.entries({ demo, clicks })) {
    const all = [];
    for (const seed of seeds) all.push(...(await once(`skew ${set} ${seed}`, () => readings(set, open, seed, engine))));
    for (const plant of Object.keys(plants)) {
      const own = all.filter((r) => r.plant === plant);
      const exact = own.filter((r) => r.isExact);
      for (const { seed, want, got } of own.filter((r) => !r.isExact))
        say(`  ${set} seed ${seed} ${plant}: planted ${JSON.stringify(want)}, read ${JSON.stringify(got)}`);
      say(`  ${set.padEnd(8)} ${plant.padEnd(8)} ${exact.length} of ${own.length}`);
      figure(`skew.${plant}.${set}`, exact.length / own.length, '>=', plant === 'quiet' ? 1 : 0.95);
    }
  }
}
