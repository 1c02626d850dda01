// Coverage of the experiment's interval and false alarms of its test, with the real trainer on a small world of known
// truth. `npm run bench -- calibration [N [SHAPE]]`: N repetitions (100) of each shape; finished ones are kept in
// test/bench/work and not run again. Prints one line a figure and writes the table to test/bench/results.
//
// Known effect: a quarter of the non-clicks of a slice are flipped to clicks in training; the repair drops the rows
// that were flipped. Truth = the same training set, 12 fresh seeds, 20,000 fresh rows of the same law, each counted as
// a click with its true probability and as none with the rest (worth some 100,000 rows with drawn labels). What truth
// itself may be off by (seeds, fresh users) is added to the interval's variance before a hit is counted.
// Null: each arm deletes 5% of the training rows, drawn anew for each seed, so both follow one law.
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { binomialQuantile } from '../../dist/src/stats/distributions.js';
import { createExperiment } from '../../dist/src/ablation/experiment.js';
import { createRun } from '../../dist/src/core/run.js';
import { createTrainer } from '../../dist/src/models/pool/trainer.js';
import { asIs } from '../../dist/src/models/frame/overlay.js';
import { aucInfluence } from '../../dist/src/stats/auc.js';
import { paired } from '../../dist/src/ablation/effect/paired.js';
import { Part } from '../../dist/src/core/relation.js';
import { renumberUnits, sumByUnit } from '../../dist/src/stats/cluster.js';
import { defaultParameters } from '../../dist/src/models/trainer.js';
import { limitsOf } from '../../dist/src/ablation/effect/limits.js';
import { seedList } from '../../dist/src/ablation/seeds.js';
import { trainUntilPrecise } from '../../dist/src/ablation/precision.js';
import { alter, makeWorld } from './calibration/world.mjs';

const repetitions = Number(process.argv[2] ?? 100);
const only = process.argv[3]; // one shape, to run shapes side by side; the table needs both
const shapes = { 'positives-300': { train: 4000, test: 2700 }, 'positives-1000': { train: 4000, test: 9000 } };
const fresh = 20_000;
const rounds = 30;
const truthSeeds = 12;
const range = { start: 5, most: 8 };

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
mkdirSync(here('work'), { recursive: true });
const version = 3; // raise when the world or the arms change: earlier repetitions then do not count
const fileOf = (shape) => here(`work/calibration-${version}-${shape}.jsonl`);

async function repeat(shape, repetition) {
  const { frame, chance } = makeWorld(repetition, { ...shapes[shape], fresh });
  const run = createRun({ engine: undefined, seed: 1000 + repetition, threads: 1 });
  try {
    const trainer = await createTrainer(frame, run);
    const experiment = createExperiment(undefined, trainer, { rows: { train: null, evaluation: null }, rounds }, run);
    const known = await knownEffect(experiment, trainer, chance, run);
    const none = await noEffect(experiment, run);
    return { repetition, positives: experiment.rows('evaluation').positives, known, none };
  } finally {
    await run.close();
  }
}

async function knownEffect(experiment, trainer, chance, run) {
  const { frame } = experiment;
  const base = asIs(frame);
  const draw = run.random.fork('flip');
  const flipped = (row) => frame.bins[row * frame.stride] >= 40 && frame.label[row] === 0 && draw.at(row) < 0.25;
  const dirty = alter(base, { flip: flipped });
  const clean = alter(base, { drop: flipped });
  const before = experiment.armOf('dirty', 0, async () => dirty);
  const after = experiment.armOf('repaired', 0, async () => clean);
  const pairs = await trainBoth(experiment, before, after);
  const difference = experiment.difference(after, before, seedList(pairs), 'evaluation');
  const { low, high, p } = limitsOf(difference);
  const { truth, truthSe } = await truthOf(trainer, dirty, clean, chance);
  return {
    effect: difference.estimate,
    low,
    high,
    p,
    truth,
    truthSe,
    se: Math.sqrt(difference.variance),
    pairs,
    test: Math.sqrt(difference.testVariance),
    seed: Math.sqrt(difference.seedVariance),
  };
}

async function noEffect(experiment, run) {
  const base = asIs(experiment.frame);
  const deleting = (name) => (seed) => {
    const draw = run.random.fork(`${name} ${seed}`);
    return Promise.resolve(alter(base, { drop: (row) => draw.at(row) < 0.05 }));
  };
  const one = experiment.armOf('one', 0, deleting('one'));
  const other = experiment.armOf('other', 0, deleting('other'));
  const pairs = await trainBoth(experiment, one, other);
  const { low, high, p } = limitsOf(experiment.difference(one, other, seedList(pairs), 'evaluation'));
  return { low, high, p, pairs };
}

/** Precision's rule on a pair of arms of which neither is the data as it is. */
async function trainBoth(experiment, first, second) {
  const paired = { ...experiment, asIs: second };
  return (await trainUntilPrecise(paired, [first], range)).get(first);
}

async function truthOf(trainer, before, after, chance) {
  const { frame } = trainer;
  const score = Int32Array.from(frame.part.keys()).filter((row) => frame.part[row] === Part.leftOut);
  const twice = (of) => [...Array.from(score, (row) => of(row, 1)), ...Array.from(score, (row) => of(row, 0))];
  const label = Uint8Array.from(twice((_, y) => y));
  const weight = Float64Array.from(twice((row, y) => (y === 1 ? chance[row] : 1 - chance[row])));
  const { unit, units } = renumberUnits(twice((row) => frame.unit[row]));
  const summaryOf = ({ scores }) => {
    const { value, influence } = aucInfluence([...scores, ...scores], label, weight);
    return { value, byUnit: sumByUnit(influence, unit, units) };
  };
  const parameters = { ...defaultParameters, rounds };
  const trials = seedList(truthSeeds, 5_000_000).flatMap((seed) =>
    [after, before].map((overlay) => ({ overlay, parameters, seed, score })),
  );
  const summaries = (await trainer.train(trials)).map(summaryOf);
  const { estimate, variance } = paired(
    summaries.filter((_, i) => i % 2 === 0),
    summaries.filter((_, i) => i % 2 === 1),
  );
  return { truth: estimate, truthSe: Math.sqrt(variance) };
}

/** The interval holds the truth, allowing for what is not known about the truth. */
function hit({ effect, low, high, truth, truthSe, se }) {
  const half = ((high - low) / 2) * Math.sqrt(1 + (truthSe / se) ** 2);
  return Math.abs(effect - truth) <= half;
}

function done(shape) {
  if (!existsSync(fileOf(shape))) return [];
  return readFileSync(fileOf(shape), 'utf8')
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** Spread of (measured - truth) / se; 1 is exact, below it the intervals are wider than they need be. */
const spread = (known) => {
  const z = known.map((k) => (k.effect - k.truth) / Math.hypot(k.se, k.truthSe));
  return Math.sqrt(mean(z.map((v) => (v - mean(z)) ** 2)) * (z.length / (z.length - 1)));
};
const four = (value) => value.toFixed(4);
const mean = (values) => values.reduce((sum, v) => sum + v, 0) / values.length;
const lines = [
  `calibration: ${repetitions} repetitions a shape, ${rounds} trees, 4000 training rows, pairs by precision (5 to 8)`,
];
let short = 0;
const figure = (name, value, op, bar) => {
  const ok = op === '>=' ? value >= bar : value <= bar;
  if (!ok) short += 1;
  const line = `figure ${name} ${value} bar ${op} ${bar} ${ok ? 'ok' : 'short'}`;
  lines.push(line);
  console.log(line);
};

for (const shape of Object.keys(shapes).filter((name) => only === undefined || name === only)) {
  const kept = done(shape);
  const begun = Date.now();
  for (let repetition = 1; repetition <= repetitions; repetition++) {
    if (kept.some((r) => r.repetition === repetition)) continue;
    const result = await repeat(shape, repetition);
    appendFileSync(fileOf(shape), `${JSON.stringify(result)}\n`);
    kept.push(result);
    process.stderr.write(`\r${shape} ${kept.length}/${repetitions} ${Math.round((Date.now() - begun) / 1000)} s `);
  }
  process.stderr.write('\n');
  const all = kept.filter((r) => r.repetition <= repetitions);
  const n = all.length;
  const hits = all.filter(({ known }) => hit(known)).length;
  const alarms = all.filter(({ none }) => none.p <= 0.05).length;
  figure(`${shape}-coverage-hits-low`, hits, '>=', binomialQuantile(0.005, n, 0.95));
  figure(`${shape}-coverage-hits-high`, hits, '<=', binomialQuantile(0.995, n, 0.95));
  figure(`${shape}-false-alarms`, alarms, '<=', binomialQuantile(0.995, n, 0.05));
  const k = all.map((r) => r.known);
  lines.push(
    `  test positives ${Math.round(mean(all.map((r) => r.positives)))}; true effect ${four(mean(k.map((x) => x.truth)))} (se ${four(mean(k.map((x) => x.truthSe)))}); measured ${four(mean(k.map((x) => x.effect)))}`,
    `  half-width ${four(mean(k.map((x) => (x.high - x.low) / 2)))}; test sd ${four(mean(k.map((x) => x.test)))}; sd of one pair ${four(mean(k.map((x) => x.seed)))}; pairs ${mean(k.map((x) => x.pairs)).toFixed(1)}; sd of z ${spread(k).toFixed(2)}; found (p <= .05) ${k.filter((x) => x.p <= 0.05).length} of ${n}`,
  );
}
mkdirSync(here('results'), { recursive: true });
if (only === undefined) writeFileSync(here('results/calibration.txt'), `${lines.join('\n')}\n`);
console.log(lines.filter((line) => line.startsWith('  ')).join('\n'));
process.exitCode = short === 0 ? 0 : 1;
