// Position bias: generated logs of 50,000 rows at 5% with odds x .78 a position, dealt at random or by relevance, and without; and the Open
// Bandit sample, where ASSAY_DATA names the folder of the public data sets.
import path from 'node:path';
import { positionBias } from '../../../dist/analyzers/position-bias/index.js';
import { createRun } from '../../../dist/src/core/run.js';
import { openStudy } from '../../../dist/src/dataset/open.js';
import { dataFolder } from './data.mjs';
import { drawn, looked, mean, seeds, tableStudy } from './logs.mjs';

const [rows, users, items, fall] = [50_000, 2000, 400, 0.78];
const roles = { label: 'label', user: 'user', item: 'item', position: 'position' };

/** `how`: `dealt` (at random), `sorted` (by what the item is worth, some places off), `fixed` (each item has its place), `none` (no effect). */
function log(seed, how) {
  const [who, what, where, click, a, b] = ['who', 'what', 'where', 'click', 'a', 'b'].map((stream) =>
    drawn(seed, `position-${stream}`, rows),
  );
  const worth = drawn(seed, 'position-worth', items).map((u) => 3 * (u - 0.5));
  const order = [...worth.keys()].sort((x, y) => worth[y] - worth[x]);
  const place = new Map(order.map((item, i) => [item, 1 + Math.floor((10 * i) / items)]));
  const user = Int32Array.from(who, (u) => Math.floor(users * u ** 1.3));
  const item = Int32Array.from(what, (u) => Math.floor(items * u ** 1.5));
  const position = Int32Array.from(where, (u, i) => {
    if (how === 'dealt' || how === 'none') return 1 + Math.floor(10 * u);
    const shift = how === 'fixed' ? 0 : 2 * Math.sqrt(-2 * Math.log(1 - a[i])) * Math.cos(2 * Math.PI * b[i]);
    return Math.min(10, Math.max(1, Math.round(place.get(item[i]) + shift)));
  });
  const label = Int32Array.from(click, (u, i) => {
    const logit = -2.3 + worth[item[i]] + (how === 'none' || how === 'fixed' ? 0 : Math.log(fall) * (position[i] - 1));
    return Number(u < 1 / (1 + Math.exp(-logit)));
  });
  return { user, item, position, label };
}

async function bandit(engine, set) {
  const run = createRun({ engine, threads: 2, id: set });
  const train = path.join(dataFolder, `open-bandit/${set}.csv.gz`);
  const cache = path.join(process.env.TMPDIR ?? '/tmp', 'assay-bench-cache');
  const study = await openStudy(
    { train, cache, label: 'click', positive: '1', time: 'timestamp', item: 'item_id', position: 'position' },
    run,
  );
  const { findings } = await positionBias.detect(study, run);
  await run.close();
  return findings[0];
}

export async function positionBiases(engine, say, figure) {
  const wanted = { dealt: 'effect', sorted: 'effect', fixed: 'not-separable', none: 'none' };
  for (const [how, code] of Object.entries(wanted)) {
    const found = [];
    for (const seed of seeds) {
      const name = `position_${how}_${seed}`;
      const { evidence } = await looked(positionBias, engine, name, (run) =>
        tableStudy(name, log(seed, how), roles, run),
      );
      found.push(evidence.findings[0]);
    }
    const odds = found.map(({ args }) => args.odds);
    const rises = found.map(
      ({ args }) => (args.seen ?? []).filter(({ ratio }, i, all) => i > 0 && ratio > all[i - 1].ratio).length,
    );
    say(
      `position bias, ${how}: mean odds ${odds.includes(null) ? 'unknown' : mean(odds).toFixed(3)} (true ${how === 'none' || how === 'fixed' ? 1 : fall}), overlap ${mean(found.map(({ args }) => args.overlap)).toFixed(2)}, positions whose rate rises ${mean(rises).toFixed(2)} of 9`,
    );
    if (how === 'none') {
      const called = found.filter((f) => f.severity !== 'note').length;
      figure('position-bias.none-called-of-20', called, '<=', 1);
    } else
      figure(
        `position-bias.${how}-answered-${code}-of-20`,
        found.filter((f) => f.code === `position-bias.${code}`).length,
        '>=',
        20,
      );
  }
  if (dataFolder === undefined) {
    say('position bias, Open Bandit: ASSAY_DATA is not set, so it was not looked at');
    return;
  }
  let cannot = 0;
  for (const set of ['random_men', 'random_women', 'bts_men', 'bts_women']) {
    const { code, args } = await bandit(engine, set);
    cannot += Number(code === 'position-bias.cannot-tell');
    say(
      `position bias, Open Bandit ${set}: ${code.slice(14)}, p ${Number(args.p).toFixed(3)}, ${Number(args.positives)} clicks`,
    );
  }
  figure('position-bias.open-bandit-cannot-tell-of-4', cannot, '>=', 4);
}
