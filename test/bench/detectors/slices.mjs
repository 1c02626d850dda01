// Slices: marks at 2% in a log of 50,000 rows, 14 days, 8 sources and 8 more columns, more of them in one slice; and a model
// that errs in one. The exact slice must be the first that is named.
import { createRun } from '../../../dist/src/core/run.js';
import { labelNoise } from '../../../dist/analyzers/label-noise/index.js';
import { errorSlices } from '../../../dist/src/derived/slices/error-slices.js';
import { slicesOf } from '../../../dist/src/derived/slices/slices.js';
import { drawn, seeds, tableStudy } from './logs.mjs';

const [rows, days, sources, more] = [50_000, 14, 8, 7];

/** Day, source and columns that mean nothing, by name. */
function columnsOf(seed, count) {
  const level = (name, n) => Int32Array.from(drawn(seed, `slices-${name}`, count), (u) => Math.floor(u * n));
  const others = Array.from({ length: more }, (_, i) => [`other${i}`, level(`other${i}`, 3 + i)]);
  return { day: level('day', days), source: level('source', sources), ...Object.fromEntries(others) };
}

/** Whether a row lies in what is planted: a cell of day and source, a day, a source and a level of a third column. */
const inside = {
  cell: ({ day, source }, i) => day[i] === 6 && source[i] === 3,
  day: ({ day }, i) => day[i] === 6,
  three: ({ day, source, other0 }, i) => day[i] === 6 && source[i] === 3 && other0[i] === 1,
};
const named = { cell: 'source = 3, day = 6', day: 'day = 6' };
const sameParts = (slice, wanted) => slice.split(', ').toSorted().join() === wanted.split(', ').toSorted().join();

async function marked(planted, rate, seed, engine) {
  const name = `slices_${planted}_${String(rate).replace('.', '')}_${seed}`;
  const run = createRun({ engine, threads: 2, id: name });
  const columns = columnsOf(seed, rows);
  const study = await tableStudy(name, columns, {}, run);
  const u = drawn(seed, 'slices-mark', rows);
  const hit = [...u.keys()].filter((i) => u[i] < (inside[planted]?.(columns, i) === true ? rate : 0.02));
  const keys = BigInt64Array.from(hit, BigInt);
  await engine.put(`${name}_marks`, [{ name: 'k', type: 'BIGINT', values: keys }], run);
  const found = await slicesOf(study, name, { sql: `SELECT k, 1 AS y, 0 AS e FROM ${name}_marks` }, run);
  for (const table of [name, `${name}_marks`]) await engine.drop(table, run);
  await run.close();
  return found.map(({ slice }) => slice);
}

/** 2026-01-01. */
const firstDay = 20_454 * 86_400;

/**
 * Labels that a number tells but in one cell of day and source, where they are a coin. A model that is told the day learns
 * the coin; one that is not errs.
 */
async function erring(broken, told, seed, engine) {
  const name = `errors_${broken ? 'cell' : 'none'}_${told ? 'told_' : ''}${seed}`;
  const run = createRun({ engine, threads: 2, id: name });
  const columns = columnsOf(seed, rows);
  const [amount, u] = ['amount', 'label'].map((stream) => drawn(seed, `errors-${stream}`, rows));
  const label = Int32Array.from(u, (v, i) =>
    Number(v < (broken && inside.cell(columns, i) ? 0.5 : 0.02 + 0.3 * amount[i] ** 4)),
  );
  const { day, ...others } = columns;
  const when = told ? { day } : { time: day.map((d, i) => firstDay + d * 86_400 + (i % 86_400)) };
  const study = await tableStudy(name, { label, amount, ...others, ...when }, { label: 'label', time: 'time' }, run);
  const evidence = await labelNoise.detect(study, run);
  const found = await errorSlices(study, new Map([['label-noise', { outcome: 'ok', evidence }]]), run);
  await engine.drop(name, run);
  await run.close();
  return found.map(({ slice }) => slice);
}

export async function slicesFound(engine, say, figure) {
  say(`slices: ${rows} rows, ${more + 2} columns, marks at 2% elsewhere, ${seeds.length} seeds`);
  const first = async (planted, rate) => {
    let [exact, more] = [0, 0];
    for (const seed of seeds) {
      const [best, ...rest] = await marked(planted, rate, seed, engine);
      exact += Number(best !== undefined && sameParts(best, named[planted] ?? named.cell));
      more += Number(rest.length > 0);
    }
    say(`  ${planted} at ${rate}: first in ${exact} of ${seeds.length}, others told after it in ${more}`);
    return { exact, more };
  };
  figure('slices.cell-at-.3-first-of-20', (await first('cell', 0.3)).exact, '>=', 19);
  figure('slices.cell-at-.1-first-of-20', (await first('cell', 0.1)).exact, '>=', 19);
  await first('cell', 0.06);
  const ofDay = await first('day', 0.1);
  figure('slices.day-at-.1-first-of-20', ofDay.exact, '>=', 19);
  figure('slices.slices-within-it-told-of-20', ofDay.more, '<=', 1);
  say('  of three columns, which no slice of two can name: its parent of day and source');
  await first('three', 0.3);
  let quiet = 0;
  for (const seed of seeds) quiet += Number((await marked('nothing', 0.02, seed, engine)).length > 0);
  figure('slices.false-of-20', quiet, '<=', 0);
  const some = seeds.slice(0, 5);
  let [exact, wrong] = [0, 0];
  for (const seed of some) {
    const [best] = await erring(true, false, seed, engine);
    exact += Number(best !== undefined && sameParts(best, 'source = 3, time = 2026-01-07'));
    for (const [broken, told] of [
      [false, false],
      [true, true],
    ])
      wrong += Number((await erring(broken, told, seed, engine)).length > 0);
  }
  say(`slices of model error: a cell of day and source whose labels are a coin, ${some.length} seeds`);
  figure('slices.errors-cell-first-of-5', exact, '>=', 5);
  say('  none planted, or one that the model can learn');
  figure('slices.errors-false-of-10', wrong, '<=', 0);
}
