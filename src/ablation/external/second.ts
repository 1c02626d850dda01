import type { ChosenTrainer } from './chosen-trainer.js';
import type { Experiment } from '../experiment.js';
import type { OtherModel } from '../../core/other-model.js';
import type { Proposal } from '../propose.js';
import type { Run } from '../../core/run.js';
import type { SecondModel } from './second-model.js';
import type { SecondWork } from './measure-second.js';
import type { SharePlan } from './share-plan.js';
import { commandModel } from './command-model.js';
import { failedModel, measureSecond } from './measure-second.js';
import { sharePlan } from './share-plan.js';
import { toAssayError } from '../../core/errors.js';
import { trainerModel } from './trainer-model.js';

/** A second model that was opened and timed. */
export interface Second {
  /** Null where it failed, which {@link measure} then says. */
  readonly plan: SharePlan | null;
  measure(work: SecondWork, run: Run): Promise<OtherModel>;
}

const notInPlan = 'The plan of trials that is replayed holds no trainings of it.';

/**
 * Opens a user's choice of a second model and plans its share of the budget by one timed training of the data as it
 * is, or takes `replay`. A model that fails here is one that could not be measured: only an abort is thrown.
 */
export async function openSecond(
  experiment: Experiment,
  chosen: ChosenTrainer,
  proposal: Proposal,
  budget: number,
  replay: SharePlan | null | undefined,
  run: Run,
): Promise<Second> {
  const failed = (reason: string): Second => ({
    plan: null,
    measure: () => Promise.resolve(failedModel(chosen.name, reason)),
  });
  if (replay === null) return failed(notInPlan);
  try {
    const model = await open(experiment, chosen, run);
    const plan = replay ?? (await timed(experiment, model, proposal, budget, run));
    return {
      plan,
      measure: async (work, inner) => {
        try {
          return await measureSecond(experiment, model, plan, work, inner);
        } finally {
          await model.close();
        }
      },
    };
  } catch (thrown) {
    if (run.signal.aborted) throw thrown;
    return failed(toAssayError(thrown).message);
  }
}

function open(experiment: Experiment, chosen: ChosenTrainer, run: Run): Promise<SecondModel> {
  return 'command' in chosen
    ? commandModel(experiment, chosen.command, run)
    : trainerModel(experiment, chosen.name, chosen.trainer, run);
}

/** Looks at a clock, as the plan of the built-in trials does; the numbers depend on the plan alone. */
async function timed(
  experiment: Experiment,
  model: SecondModel,
  { suspects }: Proposal,
  budget: number,
  run: Run,
): Promise<SharePlan> {
  const start = performance.now();
  try {
    await model.train({ version: 1, steps: [] }, 'train-rows', experiment.seedOf(0));
  } catch (thrown) {
    await model.close();
    throw thrown;
  }
  run.signal.throwIfAborted();
  const seconds = Math.max(0.001, (performance.now() - start) / 1000);
  const work = {
    repairs: suspects.reduce((sum, { repairs }) => sum + repairs.length, 0),
    sensitivities: suspects.reduce((sum, { defect, evidence }) => sum + defect.again(evidence).length, 0),
  };
  return sharePlan(work, seconds, budget - seconds);
}
