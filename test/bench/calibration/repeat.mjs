// One repetition of the calibration bench: every experiment on all four shapes. The shapes share training rows, seeds
// and therefore models, and have test rows of their own.
import { asIs } from '../../../dist/src/models/frame/overlay.js';
import { aucInfluence } from '../../../dist/src/stats/auc.js';
import { chain } from '../../../dist/src/cleaning/chain/chain.js';
import { createExperiment } from '../../../dist/src/ablation/experiment.js';
import { createRun } from '../../../dist/src/core/run.js';
import { createTrainer } from '../../../dist/src/models/pool/trainer.js';
import { defaultParameters } from '../../../dist/src/models/trainer.js';
import { loglossInfluence } from '../../../dist/src/stats/logloss.js';
import { paired } from '../../../dist/src/ablation/effect/paired.js';
import { sumByUnit } from '../../../dist/src/stats/cluster.js';
import { seedList } from '../../../dist/src/ablation/seeds.js';
import { trainRepairs } from '../../../dist/src/ablation/repairs.js';
import { trainUntilPrecise } from '../../../dist/src/ablation/precision.js';
import { createRandom } from '../../../dist/src/core/random.js';
import { alter, evaluate, makeWorld } from './world.mjs';

export const shapes = {
  'users-300': { rows: 2700, users: true },
  'users-1000': { rows: 9000, users: true },
  'rows-300': { rows: 2700, users: false },
  'rows-1000': { rows: 9000, users: false },
};
export const size = { train: 4000, truth: 40_000, rounds: 30, truthSeeds: 32, perWorld: 10, flips: 0.4 };
const range = { start: 5, most: 8 };
const parameters = { ...defaultParameters, rounds: size.rounds };

/** A world with the truth about its known effect, used by `perWorld` repetitions with test rows and seeds of their own. */
export async function openWorld(number) {
  const blocks = Array.from({ length: size.perWorld }, () => Object.values(shapes)).flat();
  const world = makeWorld(number, { train: size.train, blocks: [...blocks, { rows: size.truth, users: false }] });
  const run = createRun({ engine: undefined, seed: 1000 + number, threads: 1 });
  const trainer = await createTrainer(world.frame, run);
  const base = asIs(world.frame);
  const draw = createRandom(number).fork('flip');
  const flipped = (row) =>
    world.frame.bins[row * world.frame.stride] >= 40 && world.frame.label[row] === 0 && draw.at(row) < size.flips;
  const dirty = alter(base, { flip: flipped });
  const clean = alter(base, { drop: flipped });
  const truth = await truthOf(trainer, world, dirty, clean);
  return { number, world, run, trainer, base, dirty, clean, truth };
}

/**
 * AUC and log loss of the repaired less the dirty arm over 32 seeds of their own and 40,000 rows of their own, each of
 * another user and counted as a click with its true probability and as none with the rest.
 */
async function truthOf(trainer, world, dirty, clean) {
  const { from, rows } = world.blocks.at(-1);
  const score = Int32Array.from({ length: rows }, (_, i) => from + i);
  const label = Uint8Array.from({ length: 2 * rows }, (_, i) => (i < rows ? 1 : 0));
  const chance = (i) => world.chance[from + (i % rows)];
  const weight = Float64Array.from(label, (y, i) => (y === 1 ? chance(i) : 1 - chance(i)));
  const unit = Int32Array.from(label, (_, i) => i % rows);
  const summaries = (metric) => (scores) => {
    const twice = new Float64Array(2 * rows);
    twice.set(scores);
    twice.set(scores, rows);
    const { value, influence } = metric(twice, label, weight);
    return { value, byUnit: sumByUnit(influence, unit, rows) };
  };
  const of = { auc: [[], []], logloss: [[], []] };
  for (const seed of seedList(size.truthSeeds, 5_000_000)) {
    const trials = [clean, dirty].map((overlay) => ({ overlay, parameters, seed, score }));
    const results = await trainer.train(trials);
    results.forEach(({ scores }, arm) => {
      of.auc[arm].push(summaries(aucInfluence)(scores));
      of.logloss[arm].push(summaries(loglossInfluence)(scores));
    });
  }
  return { auc: known(of.auc), logloss: known(of.logloss) };
}

/** The difference of two arms with its standard error. */
function known([first, second]) {
  const { estimate, variance } = paired(first, second);
  return { value: estimate, se: Math.sqrt(variance) };
}

/** Results by shape. `place` is the repetition's number within its world, from 0. */
export async function repeat(open, place, repetition) {
  const first = place * Object.keys(shapes).length;
  const blocks = Object.keys(shapes).map((_, i) => open.world.blocks[first + i]);
  const scored = blocks.flatMap(({ from, rows }) => Array.from({ length: rows }, (_, i) => from + i));
  const arms = armsOf(open, repetition);
  const train = remember(open.trainer, Int32Array.from(scored));
  const results = {};
  for (const [i, name] of Object.keys(shapes).entries()) {
    const frame = evaluate(open.world, first + i, repetition);
    const run = createRun({ engine: undefined, seed: 1e6 + repetition, threads: 1 });
    const trainer = { ...open.trainer, frame, train };
    results[name] = await measure(trainer, arms, run);
    await run.close();
  }
  return { repetition, truth: open.truth, shapes: results };
}

/** Arms of a repetition; each makes an overlay once for a seed, so that the shapes share their models. */
function armsOf({ base, dirty, clean }, repetition) {
  const random = createRandom(repetition).fork('arms');
  const made = new Map();
  const once = (name, make) => {
    if (!made.has(name)) made.set(name, make());
    return made.get(name);
  };
  /** A repair that does nothing: deletes 5% of the rows, drawn anew for each seed. So does the data it is compared with. */
  const idle = (name) => async (seed) =>
    once(`${name} ${seed}`, () => {
      const draw = random.fork(`${name} ${seed}`);
      return alter(base, { drop: (row) => draw.at(row) < 0.05 });
    });
  return { dirty: async () => dirty, clean: async () => clean, idle };
}

/** Trains a pair of overlay and seed once on the rows of all shapes, and hands each shape its own scores. */
function remember(trainer, scored) {
  const place = new Map(Array.from(scored, (row, i) => [row, i]));
  const known = new Map();
  return async (trials) => {
    const results = [];
    for (const trial of trials) {
      const seeds = known.get(trial.overlay) ?? new Map();
      known.set(trial.overlay, seeds);
      if (!seeds.has(trial.seed)) {
        const [{ scores, rounds }] = await trainer.train([{ ...trial, score: scored }]);
        seeds.set(trial.seed, { scores: Float32Array.from(scores), rounds });
      }
      const { scores, rounds } = seeds.get(trial.seed);
      results.push({ scores: Float64Array.from(trial.score, (row) => scores[place.get(row)]), rounds });
    }
    return results;
  };
}

async function measure(trainer, arms, run) {
  const whole = { rows: { train: null, evaluation: null }, rounds: size.rounds };
  const experiment = createExperiment(undefined, trainer, whole, run);
  const before = experiment.armOf('dirty', 0, arms.dirty);
  const after = experiment.armOf('repaired', 0, arms.clean);
  const pairs = await trainBoth(experiment, before, after);
  const known = parts(experiment.difference(after, before, seedList(pairs), 'evaluation'));
  const logloss = parts(experiment.difference(after, before, seedList(pairs), 'evaluation', 'logloss'));
  const quick = parts(experiment.difference(after, before, seedList(3), 'evaluation'));
  const walk = await nullWalk(experiment, arms);
  return { positives: experiment.rows('evaluation').positives, known, logloss, quick, ...walk };
}

/** Ten repairs that do nothing through the whole walk; the first of them is also the null of the two-sided test. */
async function nullWalk(experiment, { idle }) {
  const idleArm = (name) => experiment.armOf(name, 1, idle(name));
  const base = idleArm('as is');
  const nothing = { ...experiment, asIs: base, arm: async (name) => idleArm(name) };
  const suspects = Array.from({ length: 10 }, (_, i) => ({
    defect: { id: `d${i}` },
    repairs: [{ id: 'idle', title: 'idle', plan: { version: 1, steps: [] } }],
  }));
  const trials = { seeds: { gains: range, proof: 8 }, keep: null };
  const candidates = await trainRepairs(nothing, suspects, trials);
  const { cleaning } = await chain(nothing, candidates, trials);
  const { arm, pairs } = candidates[0];
  return {
    none: parts(nothing.difference(arm, base, seedList(pairs), 'evaluation')),
    chosen: cleaning.proof !== null,
    proven: cleaning.proof?.holds ?? false,
  };
}

/** Precision's rule on a pair of arms of which neither is the data as it is. */
async function trainBoth(experiment, first, second) {
  const both = { ...experiment, asIs: second };
  return (await trainUntilPrecise(both, [first], range)).get(first);
}

/** What the interval is made of. */
function parts({ estimate, testVariance, seedVariance, effectiveUnits, seeds }) {
  return { estimate, testVariance, seedVariance, testDf: effectiveUnits - 1, seeds };
}
