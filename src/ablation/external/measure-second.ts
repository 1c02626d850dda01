import type { Candidate } from '../repairs.js';
import type { Effect, Unmeasured } from '../../core/effect.js';
import type { Experiment } from '../experiment.js';
import type { Measured } from '../effect/judge.js';
import type { OtherModel } from '../../core/other-model.js';
import type { Paired } from '../effect/paired.js';
import type { Plan } from '../../core/plan.js';
import type { Run } from '../../core/run.js';
import type { SecondModel } from './second-model.js';
import type { SharePlan } from './share-plan.js';
import type { Summary } from '../effect/summary.js';
import type { Suspect } from '../propose.js';
import { agreementOf } from './agreement.js';
import { judge } from '../effect/judge.js';
import { leftOutOf } from './share-plan.js';
import { limitsOf } from '../effect/limits.js';
import { measureSecondAgain } from './second-again.js';
import { paired, single } from '../effect/paired.js';
import { secondAbout } from './second-about.js';
import { seedList } from '../seeds.js';
import { summarise } from '../effect/summary.js';
import { toAssayError } from '../../core/errors.js';
import { tooFewRows } from '../effect/floor.js';

/** What the built-in model said, and what is there to be measured again. */
export interface SecondWork {
  readonly candidates: readonly Candidate[];
  readonly suspects: readonly Suspect[];
  /** The built-in model's effects. */
  readonly effects: readonly Effect[];
}

/**
 * Measures gains, then sensitivities, for a second model, by the same seeds, rows and intervals as for the built-in
 * one. A training that fails costs that arm its number; one of the data as it is costs all. Only an abort is thrown.
 */
export async function measureSecond(
  experiment: Experiment,
  model: SecondModel,
  plan: SharePlan,
  work: SecondWork,
  run: Run,
): Promise<OtherModel> {
  const counts = { repairs: work.candidates.length, sensitivities: againCount(work.suspects) };
  const empty = nothingOf(model, leftOutOf(plan, counts));
  const thin = tooFewRows(experiment.rows('evaluation'));
  if (thin !== null) return { ...empty, failed: thin };
  if (plan.pairs === 0) return empty;
  const seeds = seedList(plan.pairs);
  const train = trainerOf(experiment, model, run);
  try {
    const base = await train(asIs, seeds);
    const gains = await gainsOf(model, chosen(work, plan.repairs), base, seeds, train, run);
    const again = await measureSecondAgain(experiment, model, work.suspects, plan.sensitivities, base, seeds, run);
    const judged = judge([...gains.measured, ...again.measured]);
    return {
      ...empty,
      auc: { own: intervalOf(single(base)), builtIn: await levelIn(experiment, seeds) },
      effects: judged.effects,
      unmeasured: [...gains.unmeasured, ...again.unmeasured, ...judged.unmeasured],
      agreement: agreementOf(work.effects, judged.effects),
    };
  } catch (thrown) {
    if (run.signal.aborted) throw thrown;
    return { ...empty, failed: toAssayError(thrown).message };
  }
}

/** A model that could not be measured at all. */
export function failedModel(name: string, reason: string): OtherModel {
  return { ...nothingOf({ name, rows: 0 }, []), failed: reason };
}

/** What is said of a second model before anything of it is measured. */
export function nothingOf({ name, rows }: Pick<SecondModel, 'name' | 'rows'>, leftOut: readonly string[]): OtherModel {
  return { name, rows, auc: null, effects: [], unmeasured: [], failed: null, leftOut, agreement: null };
}

const asIs: Plan = { version: 1, steps: [] };

type Train = (plan: Plan, seeds: readonly number[]) => Promise<readonly Summary[]>;

function trainerOf(experiment: Experiment, model: SecondModel, run: Run): Train {
  return async (plan, seeds) => {
    const summaries: Summary[] = [];
    for (const seed of seeds) {
      run.signal.throwIfAborted();
      const scores = await model.train(plan, 'train-rows', experiment.seedOf(seed));
      summaries.push(summarise(scores, experiment.rows('evaluation'), 'auc'));
      run.progress.advance();
    }
    return summaries;
  };
}

async function gainsOf(
  model: SecondModel,
  candidates: readonly Candidate[],
  base: readonly Summary[],
  seeds: readonly number[],
  train: Train,
  run: Run,
): Promise<{ readonly measured: readonly Measured[]; readonly unmeasured: readonly Unmeasured[] }> {
  const measured: Measured[] = [];
  const unmeasured: Unmeasured[] = [];
  for (const { defect, repair, arm } of candidates) {
    const about = { kind: 'gain' as const, defect, arm: repair.id, title: repair.title };
    try {
      const difference = paired(await train(repair.plan, seeds), base);
      measured.push({ ...about, ...secondAbout(model), units: arm.units, difference });
    } catch (thrown) {
      if (run.signal.aborted) throw thrown;
      unmeasured.push({ ...about, reason: toAssayError(thrown).message });
    }
  }
  return { measured, unmeasured };
}

/** The repairs that move the built-in model most; ties in their own order. It chooses what is looked at, nothing else. */
export function chosen({ candidates, effects }: SecondWork, most: number): readonly Candidate[] {
  const size = ({ defect, repair }: Candidate): number => {
    const own = effects.find(
      (e) => e.metric === 'auc' && e.kind === 'gain' && e.defect === defect && e.arm === repair.id,
    );
    return Math.abs(own?.effect ?? 0);
  };
  const best = new Set([...candidates].sort((a, b) => size(b) - size(a)).slice(0, most));
  return candidates.filter((candidate) => best.has(candidate));
}

function againCount(suspects: readonly Suspect[]): number {
  return suspects.reduce((sum, { defect, evidence }) => sum + defect.again(evidence).length, 0);
}

/** AUC of the data as it is, in an experiment. */
export async function levelIn(experiment: Experiment, seeds: readonly number[]): Promise<Level> {
  await experiment.train([experiment.asIs], seeds);
  return intervalOf(experiment.level(experiment.asIs, seeds, 'evaluation'));
}

type Level = NonNullable<OtherModel['auc']>['own'];

function intervalOf(level: Paired): Level {
  const { low, high } = limitsOf(level);
  return { value: level.estimate, low, high };
}
