import type { Proposal } from '../propose.js';
import type { Run } from '../../core/run.js';
import type { Trainer } from '../../models/trainer.js';
import type { TrialPlan } from './trial-plan.js';
import { Part } from '../../core/relation.js';
import { asIs } from '../../models/frame/overlay.js';
import { chooseRounds } from '../../models/gbdt/choose-rounds.js';
import { defaultParameters } from '../../models/trainer.js';
import { makePlan } from './make-plan.js';
import { restrict, sampleUnits } from '../sample.js';

/** Rows that rounds are chosen and time is taken on; more would take longer and say the same. */
const trialRows = 200_000;

/**
 * Turns a budget (seconds) into a plan of trials. The only place of an experiment that looks at a clock: it times one
 * training. Two plans may differ, the same plan always gives the same numbers.
 */
export async function planTrials(trainer: Trainer, proposal: Proposal, budget: number, run: Run): Promise<TrialPlan> {
  const { frame } = trainer;
  const whole = asIs(frame);
  const keep = sampleUnits(frame, whole.rows, trialRows, run.random.fork('plan'));
  const overlay = restrict(whole, keep);
  const rounds = await chooseRounds(trainer, overlay);
  const score = Int32Array.from(frame.part.keys()).filter((row) => isEvaluation(frame.part[row]!));
  const seconds = await timeTraining(() =>
    trainer.train([{ overlay, parameters: { ...defaultParameters, rounds }, seed: 0, score }]),
  );
  const work = {
    rows: { train: whole.rows.length, evaluation: score.length },
    repairs: proposal.suspects.reduce((sum, s) => sum + s.repairs.length, 0),
    sensitivities: proposal.suspects.reduce((sum, s) => sum + s.defect.again(s.evidence).length, 0),
    curves: proposal.curves.length,
  };
  const secondsPerTraining = (seconds * (whole.rows.length / overlay.rows.length)) / run.threads;
  return makePlan(work, { budget, secondsPerTraining, rounds });
}

function isEvaluation(part: number): boolean {
  return part === Part.inner || part === Part.outer;
}

/** Seconds of wall clock, with three digits: nobody needs more, and plans are read by people. */
async function timeTraining(train: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await train();
  return Math.max(0.001, Math.round(performance.now() - start) / 1000);
}
