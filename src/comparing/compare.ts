import type { Both } from './both.js';
import type { Cause } from './cause/cause.js';
import type { CauseEffect, ComparedData, DataComparison, Difference, MeasuredCause } from '../core/data-comparison.js';
import type { Contest } from './contest.js';
import type { Defect } from '../core/defect.js';
import type { Move } from './move/moves.js';
import type { Run } from '../core/run.js';
import type { Side } from './sides.js';
import type { Study } from '../core/study.js';
import type { WantedEncoding } from '../models/encoding/choose-encoding.js';
import { tooFewRows } from '../ablation/effect/floor.js';
import { createExperiment, type Experiment, type ExperimentSize } from '../ablation/experiment.js';
import { restrict, sampleUnits } from '../ablation/sample.js';
import { seedList } from '../ablation/seeds.js';
import { version } from '../core/version.js';
import { chooseEncoding } from '../models/encoding/choose-encoding.js';
import { buildFrame } from '../models/frame/build.js';
import { asIs } from '../models/frame/overlay.js';
import { createTrainer } from '../models/pool/trainer.js';
import type { Trainer } from '../models/trainer.js';
import { fewerRows } from './cause/fewer-rows.js';
import { createTakeBack, movedColumns, type TakeBack } from './cause/moved-columns.js';
import { newDefects, repairedDefects } from './cause/new-defects.js';
import { createContest } from './contest.js';
import { aucsOf, effectOf, effectsOf } from './effects.js';
import { exactValues } from './move/exact-values.js';
import { findMoves } from './move/moves.js';
import { pairsFor } from './pairs.js';
import { drawKeys } from './sides.js';
import { verdictOf } from './verdict.js';

export interface CompareOptions {
  /** Names of A and B for people. */
  readonly names: { readonly a: string; readonly b: string };
  readonly defects: readonly Defect[];
  /** Seconds for trainings; decides the number of pairs. */
  readonly budget: number;
  /** Pairs instead of what the budget allows, at least 2. */
  readonly pairs?: number;
  readonly encoding?: WantedEncoding;
  readonly seed: number;
}

/** Training rows of both together, and evaluation rows; beyond them users are sampled. */
const mostRows = { train: 400_000, evaluation: 500_000 };
/** Moves that are measured, the largest first. */
const mostMoves = 12;
/** Rows on which rounds and encoding are chosen. */
const choiceRows = 200_000;

/**
 * Does AUC differ between A and B, by how much, and which changes explain it? A model of each is scored on its own
 * evaluation rows. Then each change is taken back alone (a column of B gets the distribution it has in A, a new defect is
 * repaired, the larger set is cut to the size of the smaller), the model is trained again on the same seeds, and what that
 * changes is the contribution of the cause. One cause at a time is not a sum: where causes overlap, shares may add up to
 * more or less than the whole.
 */
export async function compare(both: Both, options: CompareOptions, run: Run): Promise<DataComparison> {
  const suspects = await newDefects(both, options.defects, run.within('look for defects'));
  const contest = createContest(await experimentOn(both, options, run), both);
  const thin = tooFewRows(contest.scored.a) ?? tooFewRows(contest.scored.b);
  if (thin !== null) return { ...nothing(thin), ...(await aboutOf(both, contest, options, 0)) };
  const { experiment, rows } = contest;
  const random = run.random.fork('compare');
  const moves = findMoves(experiment.frame, rows.a, rows.b);
  const measured = moves.slice(0, mostMoves);
  const values = await exactValues(both.study, experiment.frame, measured, run.within('read values'));
  const takeBack = createTakeBack(contest, values, random.fork('swap'));
  const size = fewerRows(contest, random.fork('rows'));
  const causes: readonly Cause[] = [
    ...movedColumns(contest, measured, takeBack),
    ...(await repairedDefects(contest, suspects)),
    ...(size === null ? [] : [size]),
  ];
  const pairs = options.pairs ?? (await pairsFor(contest, causes.length, options.budget));
  const seeds = seedList(pairs);
  await experiment.train([contest.arm.a, contest.arm.b, ...causes.flatMap((c) => [c.with, c.without])], seeds);
  const auc = aucsOf(contest, seeds);
  const { unmeasured, ...found } = effectsOf(contest, causes, seeds, auc.difference);
  const together = await allTogether(contest, causes, found.causes, seeds, auc.difference, takeBack);
  return {
    verdict: verdictOf(auc, found.causes),
    auc,
    ...found,
    together,
    unmeasured: [...unmeasured, ...leftOut(contest, moves.slice(mostMoves))],
    ...(await aboutOf(both, contest, options, pairs)),
  };
}

/** One frame and one number of rounds for both, chosen on the training rows of both together. */
async function experimentOn({ study, firstKeyOfA }: Both, options: CompareOptions, run: Run): Promise<Experiment> {
  const frame = await buildFrame(study, run.within('build frame'));
  const pool = await createTrainer({ ...frame, keys: drawKeys(frame, firstKeyOfA) }, run);
  const trainer: Trainer = { ...pool, frame };
  const whole = asIs(frame);
  const sample = restrict(whole, sampleUnits(frame, whole.rows, choiceRows, run.random.fork('plan')));
  const { encoding, rounds } = await chooseEncoding(trainer, sample, options.encoding ?? 'auto');
  const size: ExperimentSize = { rows: mostRows, rounds, encoding: encoding?.name ?? 'rank' };
  return createExperiment(study, trainer, size, run.within('train'));
}

/** The resolved moves of columns taken back at once: what is left of the difference lies elsewhere. */
async function allTogether(
  contest: Contest,
  causes: readonly Cause[],
  found: readonly MeasuredCause[],
  seeds: readonly number[],
  difference: Difference,
  takeBack: TakeBack,
): Promise<CauseEffect | null> {
  const resolved = new Set(found.filter((cause) => cause.resolved).map((cause) => cause.title));
  const moves = causes.flatMap(({ move, title }) => (move !== null && resolved.has(title) ? [move] : []));
  if (moves.length < 2) return null;
  const { experiment, arm, scored } = contest;
  const without = takeBack('B, all moves as in A', moves);
  await experiment.train([without], seeds);
  return effectOf(experiment.difference(arm.b, without, seeds, scored.b), difference);
}

function leftOut({ experiment }: Contest, moves: readonly Move[]): DataComparison['unmeasured'] {
  const reason = `Only the ${mostMoves} largest moves are measured.`;
  return moves.map(({ column }) => ({ title: experiment.frame.columns[column]!.feature.column.name, reason }));
}

function nothing(reason: string): Pick<DataComparison, 'verdict' | 'auc' | 'causes' | 'together' | 'unmeasured'> {
  const verdict = { code: 'unmeasured' as const, sentence: reason };
  return { verdict, auc: null, causes: [], together: null, unmeasured: [] };
}

type About = Pick<DataComparison, 'assay' | 'document' | 'a' | 'b' | 'schema' | 'how'>;

async function aboutOf(
  { a, b, schema }: Both,
  contest: Contest,
  { names, seed }: CompareOptions,
  pairs: number,
): Promise<About> {
  const { experiment, scored } = contest;
  const count = async (side: Side): Promise<number> => (await contest.arm[side].overlay(0)).rows.length;
  return {
    assay: '1',
    document: 'comparison',
    a: dataOf(names.a, a),
    b: dataOf(names.b, b),
    schema,
    how: {
      model: experiment.model,
      rounds: experiment.rounds,
      pairs,
      trainings: experiment.trainings(),
      trainRows: { a: await count('a'), b: await count('b') },
      evaluationPositives: { a: scored.a.positives, b: scored.b.positives },
      seed,
      version,
    },
  };
}

function dataOf(name: string, { whole, split }: Study): ComparedData {
  return { name, rows: whole.rows, positives: Object.values(split!.positives).reduce((sum, n) => sum + n, 0) };
}
