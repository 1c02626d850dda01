// Are the numbers that Assay prints right as often as it says? `npm run bench -- calibration [N]`: N repetitions (400)
// of every experiment with the real trainer on a small world of known truth, on four shapes (about 300 and 1000 test
// positives, test rows of many a user and each of its own). Finished repetitions are kept in test/bench/work and not
// run again; seeds are fixed. Prints one line a figure and writes the table to test/bench/results.
//
// To make 400 repetitions cheap: 4000 training rows, 30 trees; ten repetitions share a training set, whose truth is
// measured once, and have test rows and seeds of their own; the four shapes share models, so their figures are not
// independent of one another.
//
// Known effect: two fifths of the non-clicks of a slice are flipped to clicks in training; the repair drops the rows
// that were flipped. What its truth may be off by is added to the interval's variance before a hit is counted.
// Nothing: each arm deletes 5% of the training rows, drawn anew for each seed, so that all arms follow one law; ten
// such repairs go through the whole walk of choosing and proving. Budget and power: the known effect, moved so that the
// truth is the budget, or the smallest effect that was said to be seen.
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { binomialQuantile, tQuantile, tTwoSided } from '../../dist/src/stats/distributions.js';
import { limitsOf } from '../../dist/src/ablation/effect/limits.js';
import { openWorld, repeat, shapes, size } from './calibration/repeat.mjs';

const repetitions = Number(process.argv[2] ?? 400);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const version = 4; // raise when the world, the arms or the trainer's models change: earlier repetitions then do not count
const file = here(`work/calibration-${version}.jsonl`);

function finished() {
  if (!existsSync(file)) return new Map();
  const lines = readFileSync(file, 'utf8').trim().split('\n').filter(Boolean);
  return new Map(lines.map((line) => JSON.parse(line)).map((result) => [result.repetition, result]));
}

async function runMissing(done) {
  const begun = Date.now();
  let open = null;
  let ran = 0;
  for (let r = 1; r <= repetitions; r++) {
    if (done.has(r)) continue;
    const world = Math.ceil(r / size.perWorld);
    if (open?.number !== world) {
      await open?.run.close();
      open = await openWorld(world);
    }
    const result = await repeat(open, (r - 1) % size.perWorld, r);
    appendFileSync(file, `${JSON.stringify(result)}\n`);
    done.set(r, result);
    process.stderr.write(`\r${done.size}/${repetitions}, ${((Date.now() - begun) / 1000 / ++ran).toFixed(1)} s each `);
  }
  await open?.run.close();
}

/** The interval as every effect carries it, from its two components. */
const shipped = ({ testVariance, testDf, seedVariance, seeds }) => {
  const seed = seedVariance / seeds;
  const variance = testVariance + seed;
  return { variance, df: variance ** 2 / (testVariance ** 2 / testDf + seed ** 2 / (seeds - 1)) };
};
const limits = (x) => limitsOf({ ...x, ...shipped(x) });

/** Distance from the truth in standard errors, with what the truth itself may be off by. */
const off = (x, truth, { variance, df }) => ({
  z: (x.estimate - truth.value) / Math.sqrt(variance + truth.se ** 2),
  df,
});
const hit = (x, truth) => {
  const { z, df } = off(x, truth, shipped(x));
  return Math.abs(z) <= tQuantile(0.975, df);
};
const breach = (x, truth) => {
  const { z, df } = off(x, truth, shipped(x));
  return z > tQuantile(0.95, df);
};
/** Found although only as large as the smallest effect that was said to be seen. */
const found = (x, truth) => {
  const { mde } = limits(x);
  const { z, df } = off({ estimate: x.estimate + mde }, truth, shipped(x));
  return z > 0 && tTwoSided(z, df) <= 0.05;
};

const mean = (values) => values.reduce((sum, v) => sum + v, 0) / values.length;
const four = (value) => value.toFixed(4);
const share = (list, test) => (list.filter(test).length / list.length).toFixed(3);
const spread = (list) => {
  const z = list.map(({ x, truth }) => off(x, truth, shipped(x)).z);
  return Math.sqrt(mean(z.map((v) => (v - mean(z)) ** 2)) * (z.length / (z.length - 1))).toFixed(2);
};

mkdirSync(here('work'), { recursive: true });
mkdirSync(here('results'), { recursive: true });
const done = finished();
await runMissing(done);
process.stderr.write('\n');
const all = [...done.values()].filter((r) => r.repetition <= repetitions).sort((a, b) => a.repetition - b.repetition);
const n = all.length;
const lines = [
  `calibration: ${n} repetitions of each shape, real trainer: ${size.rounds} trees, ${size.train} training rows, pairs by precision (5 to 8); bars are 99% of the binomial`,
];
let short = 0;
const figure = (name, value, op, bar) => {
  const ok = op === '>=' ? value >= bar : value <= bar;
  if (!ok) short += 1;
  lines.push(`figure ${name} ${value} bar ${op} ${bar} ${ok ? 'ok' : 'short'}`);
};

for (const shape of Object.keys(shapes)) {
  const of = all.map((r) => ({ ...r.shapes[shape], truth: r.truth }));
  const count = (test) => of.filter(test).length;
  const hits = count((r) => hit(r.known, r.truth.auc));
  figure(`${shape}-coverage-low`, hits, '>=', binomialQuantile(0.005, n, 0.95));
  figure(`${shape}-coverage-high`, hits, '<=', binomialQuantile(0.995, n, 0.95));
  const alarms = count((r) => limits(r.none).p <= 0.05);
  figure(`${shape}-false-alarms`, alarms, '<=', binomialQuantile(0.995, n, 0.05));
  const proofs = count((r) => r.proven);
  figure(`${shape}-idle-proofs`, proofs, '<=', binomialQuantile(0.995, n, 0.05));
  const breaches = count((r) => breach(r.known, r.truth.auc));
  figure(`${shape}-budget-breaches`, breaches, '<=', binomialQuantile(0.995, n, 0.05));
  figure(
    `${shape}-power-at-mde`,
    count((r) => found(r.known, r.truth.auc)),
    '>=',
    Math.round(0.75 * n),
  );
  const known = of.map((r) => ({ x: r.known, truth: r.truth.auc }));
  const loss = of.map((r) => ({ x: r.logloss, truth: r.truth.logloss }));
  const quick = of.map((r) => ({ x: r.quick, truth: r.truth.auc }));
  const nulls = of.map((r) => ({ x: r.none, truth: { value: 0, se: 0 } }));
  const half = (list) => four(mean(list.map(({ x }) => (limits(x).high - limits(x).low) / 2)));
  const row = (name, list) =>
    `    ${name.padEnd(34)} coverage ${share(list, ({ x, truth }) => hit(x, truth))}  sd of z ${spread(list)}`;
  lines.push(
    `  ${Math.round(mean(of.map((r) => r.positives)))} test positives; true effect ${four(mean(known.map((k) => k.truth.value)))} (se ${four(mean(known.map((k) => k.truth.se)))}), measured ${four(mean(known.map((k) => k.x.estimate)))}, half-width ${half(known)}, MDE ${four(mean(known.map((k) => limits(k.x).mde)))}, found ${count((r) => limits(r.known).p <= 0.05)}; pairs ${mean(known.map((k) => k.x.seeds)).toFixed(1)}`,
    `  sd of one pair ${four(mean(known.map((k) => Math.sqrt(k.x.seedVariance))))}; test sd ${four(mean(known.map((k) => Math.sqrt(k.x.testVariance))))}; idle repairs chosen in ${count((r) => r.chosen)}`,
    row('known effect', known),
    row('known effect, 3 pairs', quick),
    row('log loss of it', loss),
    row('nothing', nulls),
  );
}
const table = `${lines.join('\n')}\n`;
writeFileSync(here('results/calibration.txt'), table);
console.log(table);
process.exitCode = short === 0 ? 0 : 1;
