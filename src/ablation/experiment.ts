import type { Frame, Overlay } from '../models/frame/frame.js';
import type { Arm } from './arm.js';
import type { Metric } from './effect/summary.js';
import type { On, RowSet } from './effect/row-set.js';
import type { GbdtParameters, Trainer, Trial } from '../models/trainer.js';
import type { Effect } from '../core/effect.js';
import type { Paired } from './effect/paired.js';
import type { Plan } from '../core/plan.js';
import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import { Part } from '../core/relation.js';
import { planEncoding, type EncodingName } from '../models/encoding/encoding.js';
import { asIs, overlayOf } from '../models/frame/overlay.js';
import { defaultParameters } from '../models/trainer.js';
import { paired, single } from './effect/paired.js';
import { restrict, sampleUnits } from './sample.js';
import { rowSet } from './effect/row-set.js';
import { createTrialLog, type TrialRecord } from './trial-log.js';
import { createTrialStore } from './trial-store.js';

/** A study with a model: trains arms on paired seeds and compares them on evaluation rows. */
export interface Experiment {
  readonly study: Study;
  readonly frame: Frame;
  /** Trainer and encoding in words, for every effect. */
  readonly model: string;
  /** Boosting rounds of every arm but those with parameters of their own. */
  readonly rounds: number;
  readonly estimand: Effect['estimand'];
  /** Training rows of {@link asIs}. */
  readonly trainRows: number;
  readonly asIs: Arm;
  /** An arm that applies `plan`; row steps touch training rows, feature steps every row, unless `scope` says otherwise. */
  arm(name: string, plan: Plan, scope?: Scope): Promise<Arm>;
  /** An arm of one overlay that was laid before, cut to the experiment's training rows. */
  laid(name: string, overlay: Overlay): Arm;
  /** An arm of overlays made elsewhere, cut to the experiment's training rows. */
  armOf(name: string, units: number, overlay: (seed: number) => Promise<Overlay>): Arm;
  rows(on: On): RowSet;
  /** Frame rows that every trial scores, ascending; a {@link RowSet} picks from them. */
  readonly scored: Int32Array;
  /** Trains what is not trained yet. Both arms of a comparison need the same seeds. */
  train(arms: readonly Arm[], seeds: readonly number[]): Promise<void>;
  /** First minus second over trained seeds, at least 2. */
  difference(first: Arm, second: Arm, seeds: readonly number[], on: On | RowSet, metric?: Metric): Paired;
  /** AUC of an arm over trained seeds, at least 2, with its variance. */
  level(arm: Arm, seeds: readonly number[], on: On | RowSet): Paired;
  /** Frees the scores of an arm that is not needed again. */
  forget(arm: Arm): void;
  /** The trainer's seed of a pair, for other models that are trained on the same pairs. */
  seedOf(pair: number): number;
  /** Trainings so far. */
  trainings(): number;
  /** What comparisons were made of so far. */
  trials(): readonly TrialRecord[];
}

export type Scope = 'train-rows' | 'serve' | 'all';

/** What the plan of trials fixes about an experiment. */
export interface ExperimentSize {
  /** Training and evaluation rows to sample by whole units; null: all. */
  readonly rows: { readonly train: number | null; readonly evaluation: number | null };
  /** Boosting rounds of every arm, chosen once on the data as it is. */
  readonly rounds: number;
  /** How categorical columns reach every model; `rank` where absent. */
  readonly encoding?: EncodingName | undefined;
}

interface Job {
  readonly arm: Arm;
  readonly seed: number;
}

/** Jobs handed to the trainer at once: enough to keep threads busy, few enough overlays to hold in memory. */
const batchSize = 16;

/**
 * An experiment on a split study. A seed is the pair, never the arm: trial `r` of every arm shares its seed, its
 * rounds and its scored rows, and masks are drawn by row key inside the trainer.
 */
export function createExperiment(study: Study, trainer: Trainer, size: ExperimentSize, run: Run): Experiment {
  const { frame } = trainer;
  const random = run.random.fork('experiment');
  const whole = asIs(frame);
  const keep = sampleUnits(frame, whole.rows, size.rows.train, random.fork('train'));
  const base = restrict(whole, keep);
  const scored = scoredRows(frame, size.rows.evaluation, run);
  const parameters: GbdtParameters = { ...defaultParameters, rounds: size.rounds };
  // One seed of folds for all arms and pairs: a fresh draw would only add noise.
  const encoding = planEncoding(frame, size.encoding ?? 'rank', Math.floor(random.fork('folds').at(0) * 2 ** 31));
  const asIsArm: Arm = { name: 'as is', units: 0, overlay: () => Promise.resolve(base) };
  const log = createTrialLog();
  const store = createTrialStore(asIsArm, log);
  const sets = new Map<On, RowSet>();
  const rows = (on: On): RowSet => {
    const known = sets.get(on) ?? rowSet(frame, scored, on);
    sets.set(on, known);
    return known;
  };
  const setOf = (on: On | RowSet): RowSet => (typeof on === 'string' ? rows(on) : on);
  const laid = (name: string, overlay: Overlay): Arm => {
    const kept = restrict(overlay, keep);
    return { name, units: overlay.touched, overlay: () => Promise.resolve(kept) };
  };
  let trainings = 0;
  const trainBatch = async (jobs: readonly Job[]): Promise<void> => {
    run.signal.throwIfAborted();
    const trials: Trial[] = [];
    for (const { arm, seed } of jobs) {
      trials.push({
        overlay: await arm.overlay(seed),
        parameters: { ...parameters, ...arm.parameters },
        seed: seedOf(run, seed),
        score: scored,
        ...(encoding === null ? {} : { encoding }),
      });
    }
    const results = await trainer.train(trials, () => run.progress.advance());
    jobs.forEach(({ arm, seed }, j) => store.keep(arm, seed, results[j]!.scores));
    trainings += jobs.length;
  };
  return {
    study,
    frame,
    model: `built-in GBDT, ${encoding?.name ?? 'rank'}`,
    rounds: size.rounds,
    estimand: keep === null ? 'thisTrainingSet' : 'thisTrainingSetAtN',
    trainRows: base.rows.length,
    asIs: asIsArm,
    arm: async (name, plan, scope = 'train-rows') => laid(name, await overlayOf(frame, study, plan, scope, run)),
    laid,
    armOf: (name, units, overlay) => ({
      name,
      units,
      overlay: async (seed) => restrict(await overlay(seed), keep),
    }),
    rows,
    scored,
    train: async (arms, seeds) => {
      const jobs = arms.flatMap((arm) => seeds.filter((s) => !store.has(arm, s)).map((seed) => ({ arm, seed })));
      for (let i = 0; i < jobs.length; i += batchSize) await trainBatch(jobs.slice(i, i + batchSize));
    },
    difference: (first, second, seeds, on, metric = 'auc') =>
      paired(store.summaries(first, seeds, setOf(on), metric), store.summaries(second, seeds, setOf(on), metric)),
    level: (arm, seeds, on) => single(store.summaries(arm, seeds, setOf(on), 'auc')),
    forget: store.forget,
    seedOf: (pair) => seedOf(run, pair),
    trainings: () => trainings,
    trials: log.records,
  };
}

/** Evaluation rows every trial scores, ascending. */
function scoredRows(frame: Frame, most: number | null, run: Run): Int32Array {
  const all: number[] = [];
  frame.part.forEach((part, row) => {
    if (part === Part.inner || part === Part.outer) all.push(row);
  });
  const eligible = Int32Array.from(all);
  const keep = sampleUnits(frame, eligible, most, run.random.fork('experiment').fork('evaluation'));
  return keep === null ? eligible : eligible.filter((row) => keep[row] === 1);
}

/** The trainer's seed of pair number `r`. */
function seedOf(run: Run, r: number): number {
  return Math.floor(run.random.fork('experiment').fork('pair').at(r) * 2 ** 31);
}
