import type { EncodingName } from '../../models/encoding/encoding.js';
import type { Experiment } from '../experiment.js';
import type { Frame } from '../../models/frame/frame.js';
import type { Measured } from '../effect/judge.js';
import type { OtherModel } from '../../core/other-model.js';
import type { Run } from '../../core/run.js';
import type { SecondWork } from './measure-second.js';
import type { Trainer } from '../../models/trainer.js';
import type { TrialPlan } from '../plan/trial-plan.js';
import { agreementOf } from './agreement.js';
import { chosen, levelIn, nothingOf } from './measure-second.js';
import { createExperiment } from '../experiment.js';
import { judge } from '../effect/judge.js';
import { planEncoding } from '../../models/encoding/encoding.js';
import { secondAbout } from './second-about.js';
import { seedList } from '../seeds.js';
import { tooFewRows } from '../effect/floor.js';

/** Repairs at most that are measured again under the other encoding. */
const mostRepairs = 3;

/**
 * How many of `repairs` are worth measuring under a second encoding: none where no id is heavy. An id is heavy where it
 * has more levels than a column has bins (255): only there can ranks and label means tell different rows apart.
 */
export function otherEncodingRepairs(frame: Pick<Frame, 'columns' | 'codes'>, repairs: number): number {
  return planEncoding(frame, 'te', 0) === null ? 0 : Math.min(mostRepairs, repairs);
}

/**
 * The gains that move the model most once more, with ids by rank where the experiment adds label means, and the other
 * way round: label encodings smooth wrong labels and so shrink what they cost. Rows, seeds, rounds and folds are those
 * of the experiment, whose own run `run` has to be. Null where the plan asks for none.
 */
export async function measureOtherEncoding(
  experiment: Experiment,
  trainer: Trainer,
  plan: TrialPlan,
  work: SecondWork,
  run: Run,
): Promise<OtherModel | null> {
  const { encodings, seeds: pairs } = plan.studies;
  if (encodings === 0 || tooFewRows(experiment.rows('evaluation')) !== null) return null;
  const encoding: EncodingName = (plan.encoding ?? 'rank') === 'rank' ? 'te' : 'rank';
  const other = createExperiment(experiment.study, trainer, { ...plan, encoding }, run);
  const seeds = seedList(pairs);
  const candidates = chosen(work, encodings);
  const measured: Measured[] = [];
  for (const { defect, repair } of candidates) {
    const arm = await other.arm(`${defect}/${repair.id}`, repair.plan);
    await other.train([other.asIs, arm], seeds);
    const difference = other.difference(arm, other.asIs, seeds, 'evaluation');
    other.forget(arm);
    const sampled = other.estimand === 'thisTrainingSetAtN';
    const about = secondAbout({ name: other.model, rows: other.trainRows, sampled });
    measured.push({
      ...about,
      kind: 'gain',
      defect,
      arm: repair.id,
      title: repair.title,
      units: arm.units,
      difference,
    });
  }
  const judged = judge(measured);
  const less = work.candidates.length - candidates.length;
  const leftOut =
    less === 0
      ? []
      : [
          `${candidates.length} of ${work.candidates.length} repairs were measured, those with the largest effect on the built-in model.`,
        ];
  return {
    ...nothingOf({ name: other.model, rows: other.trainRows }, leftOut),
    auc: { own: await levelIn(other, seeds), builtIn: await levelIn(experiment, seeds) },
    effects: judged.effects,
    unmeasured: judged.unmeasured,
    agreement: agreementOf(work.effects, judged.effects),
  };
}
