import type { Effect, Proof } from '../core/effect.js';
import type { Repair } from '../core/defect.js';
import type { Plan } from '../core/plan.js';
import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import type { Demo, Interval, TrueGain } from '../../reports/model.js';
import { createExperiment, type ExperimentSize } from '../ablation/experiment.js';
import { seedList } from '../ablation/seeds.js';
import { buildFrame } from '../models/frame/build.js';
import { createTrainer } from '../models/pool/trainer.js';

/** A repair whose gain was measured on the log's own evaluation rows. */
export interface MeasuredGain {
  readonly effect: Effect;
  readonly repair: Repair;
}

/** Accepted steps whose joint gain was measured on the outer rows. */
export interface ProvenRecipe {
  readonly plan: Plan;
  readonly proof: Proof;
}

/** Seeds of the true gain are none of those that measured it, so it is the gain for any seed. */
const firstSeed = 1000;
const seeds = 2;

/**
 * The true gain of each measured repair, and of the recipe on the days of its proof: models of the same training rows and settings, with fresh seeds, scored on a
 * large fresh sample of the same generator. Its standard error covers users and seeds. `fresh` is the study with that
 * sample for its evaluation rows; `run` has the random path of the measurement, so that the same rows are trained on.
 */
export async function trueGains(
  fresh: Study,
  gains: readonly MeasuredGain[],
  recipe: ProvenRecipe | null,
  size: ExperimentSize,
  run: Run,
): Promise<Pick<Demo, 'gains' | 'recipe'>> {
  const trainer = await createTrainer(await buildFrame(fresh, run), run);
  const experiment = createExperiment(fresh, trainer, { ...size, rows: { ...size.rows, evaluation: null } }, run);
  const drawn = seedList(seeds, firstSeed);
  await experiment.train([experiment.asIs], drawn);
  const compare = async (
    name: string,
    plan: Plan,
    measured: Interval,
    rows: 'evaluation' | 'outer',
  ): Promise<TrueGain> => {
    const arm = await experiment.arm(name, plan);
    await experiment.train([arm], drawn);
    const { estimate, variance } = experiment.difference(arm, experiment.asIs, drawn, rows);
    experiment.forget(arm);
    const covered = measured.low <= estimate && estimate <= measured.high;
    return { measured, true: estimate, trueSe: Math.sqrt(variance), covered };
  };
  const found: Demo['gains'][number][] = [];
  for (const { effect, repair } of gains) {
    const { effect: value, low, high } = effect;
    const gain = await compare(repair.id, repair.plan, { value, low, high }, 'evaluation');
    found.push({ defect: effect.defect, repair: repair.id, title: repair.title, ...gain });
  }
  const proven = recipe === null ? null : await compare('recipe', recipe.plan, intervalOf(recipe.proof), 'outer');
  await trainer.close();
  return { gains: found, ...(proven === null ? {} : { recipe: proven }) };
}

function intervalOf({ gain, low, high }: Proof): Interval {
  return { value: gain, low, high };
}
