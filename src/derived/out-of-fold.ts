import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import type { Frame, FrameColumn, Overlay } from '../models/frame/frame.js';
import type { Trainer } from '../models/trainer.js';
import type { FoldPredictions } from './fold-predictions.js';
import type { Folds } from './folds.js';
import { tableName } from '../dataset/sql/table-name.js';
import { buildFrame } from '../models/frame/build.js';
import { keysAt } from '../models/frame/keys-at.js';
import { asIs } from '../models/frame/overlay.js';
import { createTrainer } from '../models/pool/trainer.js';
import { rootRandom } from '../models/root-random.js';
import { foldPredictions, foldTrials } from './fold-predictions.js';
import { dayFolds, foldsTeach, teachingFolds } from './folds.js';
import { smoothParameters } from './smooth-parameters.js';

/** Probabilities of label 1 for the training rows, each by models that never saw the row. */
export interface OutOfFold {
  /** Row keys, ascending. */
  readonly keys: BigInt64Array;
  readonly p: Float64Array;
  /** The same in the engine, with the label as given: `(k BIGINT, p DOUBLE, y UTINYINT)`, in key order. */
  readonly table: string;
  /** The models, by division and fold, where they were to be kept, else none; and the columns they were shown. */
  readonly models: FoldPredictions['models'];
  readonly columns: readonly FrameColumn[];
}

export interface OutOfFoldOptions {
  /** `user` (default): whole users or groups, else rows with equal values together. `days`: whole consecutive days. */
  readonly folds?: 'user' | 'days';
  /** Whether the models are kept, for rows that are not in the study. */
  readonly keep?: boolean;
}

/** Up to this many rows several divisions into folds are averaged: with few rows a single one is mostly chance. */
const smallRows = 50_000;
/** The fewer rows the rarer class has, the more divisions: about this many rows of it are asked about in all. */
const wantedAnswers = 4000;
const mostDivisions = 8;
const patience = 10;

/**
 * Out-of-fold probabilities of `study.train` (Stone 1974, Cross-validatory choice): five folds, gradient-boosted trees
 * trained on four and asked about the fifth. Kept for the run. Where whole users, groups or days would leave a fold
 * whose others hold one class only, rows are divided instead.
 */
export function outOfFold(study: Study, run: Run, o: OutOfFoldOptions = {}): Promise<OutOfFold> {
  // Without days the other kind of folds is what there is, so it is computed once.
  const kind = study.roles.time === null ? 'user' : (o.folds ?? 'user');
  const { keep = false } = o;
  return run.memo(`out-of-fold ${study.train.name} ${kind} ${keep}`, () => compute(study, run, kind, keep));
}

async function compute(study: Study, run: Run, kind: 'user' | 'days', keep: boolean): Promise<OutOfFold> {
  const frame = await buildFrame(study, run);
  const trainer = await createTrainer(frame, run);
  try {
    const base = asIs(frame);
    const { p, models } = await predict(trainer, base, kind, keep, run);
    const keys = keysAt(frame.keys, base.rows);
    const table = tableName('out-of-fold', study.train.name, kind);
    const columns = [
      { name: 'k', type: 'BIGINT', values: keys },
      { name: 'p', type: 'DOUBLE', values: p },
      { name: 'y', type: 'UTINYINT', values: base.label },
    ];
    await run.engine.put(table, columns, run);
    return { keys, p, table, models, columns: frame.columns };
  } finally {
    await trainer.close();
  }
}

/** Mean over the repeats of each training row's probability, in the order of `base.rows`. */
async function predict(
  trainer: Trainer,
  base: Overlay,
  kind: 'user' | 'days',
  keep: boolean,
  run: Run,
): Promise<FoldPredictions> {
  const small = base.rows.length <= smallRows;
  const divisions = foldings(trainer.frame, base, kind, small ? divisionsFor(base.label) : 1, run);
  const progress = run.progress.step(
    'out-of-fold predictions',
    divisions.reduce((sum, f) => sum + f.count, 0),
  );
  // Few rows and one division (whole days): nothing averages out, so the number of rounds is chosen from the data.
  const alone = small && divisions.length === 1;
  const rounds = alone ? await chooseRounds(trainer, base, divisions[0]!) : smoothParameters.rounds;
  const predictions = await foldPredictions(trainer, base, divisions, rounds, () => progress.advance(), keep);
  progress.end();
  return predictions;
}

function foldings(frame: Frame, base: Overlay, kind: 'user' | 'days', repeats: number, run: Run): readonly Folds[] {
  const random = rootRandom(run).fork('out-of-fold');
  const days = kind === 'days' && frame.time !== null ? dayFolds(base.rows, frame.time) : null;
  if (days !== null && foldsTeach(days, base.label)) return [days];
  return Array.from({ length: repeats }, (_, repeat) =>
    teachingFolds(frame, base.rows, base.label, random.fork(String(repeat))),
  );
}

function divisionsFor(label: Uint8Array): number {
  const positives = label.reduce((sum, y) => sum + y, 0);
  const rarer = Math.max(1, Math.min(positives, label.length - positives));
  return Math.min(mostDivisions, Math.max(2, Math.ceil(wantedAnswers / rarer)));
}

/** Median over the folds of the round with the lowest log loss on the fold left out. */
async function chooseRounds(trainer: Trainer, base: Overlay, folds: Folds): Promise<number> {
  const results = await trainer.train(
    foldTrials(trainer.frame, base, folds, smoothParameters.rounds).map((trial) => ({
      ...trial,
      score: new Int32Array(0),
      tune: { rows: trial.score, patience },
    })),
  );
  const rounds = results.map((result) => result.rounds).sort((a, b) => a - b);
  return rounds[rounds.length >> 1]!;
}
