import type { Proposal, Suspect } from '../propose.js';
import type { Run } from '../../core/run.js';
import type { Trainer } from '../../models/trainer.js';
import type { TrialPlan } from './trial-plan.js';
import { Part } from '../../core/relation.js';
import { asIs } from '../../models/frame/overlay.js';
import { chooseEncoding, type WantedEncoding } from '../../models/encoding/choose-encoding.js';
import { defaultParameters } from '../../models/trainer.js';
import type { StudyName, StudyWork } from './studies.js';
import type { Work } from './make-plan.js';
import { makePlan } from './make-plan.js';
import { candidateCount } from '../columns/candidates.js';
import { originsOf } from '../rolling/origins.js';
import { restrict, sampleUnits } from '../sample.js';
import { otherEncodingRepairs } from '../external/other-encoding.js';
import { valuePoints } from '../value/measure-value.js';

/** Rows that rounds are chosen and time is taken on; more would take longer and say the same. */
const trialRows = 200_000;

/**
 * What a training of an arm takes beyond one of the data as it is, timed alone: the plan is laid over the frame, and the
 * last trainings of a batch leave threads idle. Measured on the demo log.
 */
const overhead = 1.2;

/** What the trainings are for. */
export interface TrialWishes {
  /** `gains` and `curves` where absent. */
  readonly studies?: readonly StudyName[];
  /** How ids reach the model; `auto` where absent. */
  readonly encoding?: WantedEncoding | undefined;
  /** A chain chooses among the repairs and proves what it chose. */
  readonly clean?: boolean;
}

/**
 * Turns a budget (seconds) into a plan of trials. The only place of an experiment that looks at a clock: it times two
 * trainings on each thread. Two plans may differ, the same plan always gives the same numbers.
 */
export async function planTrials(
  trainer: Trainer,
  proposal: Proposal,
  budget: number,
  run: Run,
  { studies = ['gains', 'curves'], encoding: wanted = 'auto', clean = false }: TrialWishes = {},
): Promise<TrialPlan> {
  const { frame } = trainer;
  const whole = asIs(frame);
  const overlay = restrict(whole, sampleUnits(frame, whole.rows, trialRows, run.random.fork('plan')));
  const { encoding, rounds } = await chooseEncoding(trainer, overlay, wanted);
  const score = Int32Array.from(frame.part.keys()).filter((row) => isEvaluation(frame.part[row]!));
  const trial = {
    overlay,
    parameters: { ...defaultParameters, rounds },
    seed: 0,
    score,
    ...(encoding === null ? {} : { encoding }),
  };
  const batch = Array.from({ length: run.threads }, () => trial);
  // The first batch also warms the threads up, and a busy moment of the machine may fall on one of them.
  const seconds = Math.min(await timeOf(() => trainer.train(batch)), await timeOf(() => trainer.train(batch)));
  const scale = whole.rows.length / Math.max(1, overlay.rows.length);
  const secondsPerTraining = Math.max(0.001, Math.round((1000 * overhead * seconds * scale) / run.threads) / 1000);
  const work = {
    ...workOf(proposal, whole.rows.length, score.length),
    chain: clean,
    studies: wishedStudies(trainer, proposal, studies),
  };
  return { ...makePlan(work, { budget, secondsPerTraining, rounds }), encoding: encoding?.name ?? 'rank' };
}

function workOf({ suspects, curves }: Proposal, train: number, evaluation: number): Omit<Work, 'chain'> {
  return {
    rows: { train, evaluation },
    repairs: suspects.reduce((sum, { repairs }) => sum + repairs.length, 0),
    strengths: suspects.reduce((sum, suspect) => sum + otherStrengths(suspect), 0),
    sensitivities: suspects.reduce((sum, { defect, evidence }) => sum + defect.again(evidence).length, 0),
    curves: curves.length,
  };
}

/** Of repairs of one defect that alter the same rows only one is taken. */
function otherStrengths({ repairs }: Suspect): number {
  return Math.max(0, ...repairs.map(({ others }) => others?.length ?? 0));
}

/** How much of each study there would be, were there time. */
function wishedStudies({ frame }: Trainer, proposal: Proposal, studies: readonly StudyName[]): StudyWork {
  const wants = (name: StudyName): boolean => studies.includes(name);
  const { suspects } = proposal;
  const repairs = suspects.reduce((sum, suspect) => sum + suspect.repairs.length, 0);
  const repairable = suspects.filter(({ repairs }) => repairs.length > 0).length;
  const injectable = suspects.filter(({ defect, evidence }) => defect.again(evidence).length > 0).length;
  return {
    curves: wants('curves') ? proposal.moreCurves.length : 0,
    rows: wants('rows') ? valuePoints.rows : 0,
    negatives: wants('negatives') ? valuePoints.negatives : 0,
    days: wants('days') && frame.time !== null ? valuePoints.days : 0,
    columns: wants('columns') ? candidateCount(frame.columns.map(({ feature }) => feature.column.name)) : 0,
    capacity: wants('capacity') ? repairable + injectable : 0,
    encodings: wants('encodings') ? otherEncodingRepairs(frame, repairs) : 0,
    origins: wants('origins') && repairs > 0 ? originsOf(frame).length : 0,
  };
}

function isEvaluation(part: number): boolean {
  return part === Part.inner || part === Part.outer;
}

/** Seconds of wall clock. */
async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
