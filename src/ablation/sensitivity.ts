import type { Again, Defect, Mechanism } from '../core/defect.js';
import type { Experiment } from './experiment.js';
import type { Measured } from './effect/judge.js';
import type { Run } from '../core/run.js';
import type { Suspect } from './propose.js';
import type { TrialPlan } from './plan/trial-plan.js';
import type { Unmeasured } from '../core/effect.js';
import { prepareDamage } from './damage.js';
import { seedList } from './seeds.js';

export interface MeasuredAgain {
  readonly measured: readonly Measured[];
  readonly unmeasured: readonly Unmeasured[];
}

/**
 * Injects as much again of each found defect, by the mechanisms it names, a new permutation a seed, and measures what
 * that costs. It is a sensitivity of the model to the mechanism, not the cost of what is there.
 */
export async function measureAgain(
  experiment: Experiment,
  suspects: readonly Suspect[],
  plan: TrialPlan,
  run: Run,
): Promise<MeasuredAgain> {
  const measured: Measured[] = [];
  const unmeasured: Unmeasured[] = [];
  for (const { defect, evidence } of suspects) {
    const again = defect.again(evidence);
    if ('unsupported' in defect.inject) {
      unmeasured.push(noInjection(defect, defect.inject.unsupported));
      continue;
    }
    for (const dose of again) {
      const result = await measureOne(experiment, defect, placed(defect, dose, defect.inject), dose, plan, run);
      if ('difference' in result) measured.push(result);
      else unmeasured.push(result);
    }
  }
  return { measured, unmeasured };
}

async function measureOne(
  experiment: Experiment,
  defect: Defect,
  mechanisms: readonly Mechanism[],
  { mechanism: name, dose }: Again,
  plan: TrialPlan,
  run: Run,
): Promise<Measured | Unmeasured> {
  const mechanism = mechanisms.find((m) => m.name === name);
  const about = { kind: 'sensitivity' as const, defect: defect.id, title: `as much again, ${name}` };
  if (mechanism === undefined) {
    return { ...about, arm: name, reason: `${defect.title} names a mechanism it does not have: ${name}.` };
  }
  const arm = `${name} (${mechanism.where})`;
  const damage = await prepareDamage(experiment, mechanism, `again/${defect.id}/${name}`, run);
  if ('unsupported' in damage) return { ...about, arm, reason: damage.unsupported };
  try {
    const damaged = await damage.arm(dose);
    const seeds = seedList(plan.seeds.sensitivities);
    await experiment.train([experiment.asIs, damaged], seeds);
    const difference = experiment.difference(experiment.asIs, damaged, seeds, 'evaluation');
    experiment.forget(damaged);
    const { trainRows: rows, estimand, model } = experiment;
    return { ...about, arm, metric: 'auc', units: damaged.units, rows, estimand, model, on: 'evaluation', difference };
  } finally {
    await damage.release();
  }
}

/** The mechanisms under the options that let them hit the same place again. */
export function placed(defect: Defect, { options }: Again, own: readonly Mechanism[]): readonly Mechanism[] {
  const { inject } = options === undefined ? defect : defect.with(options);
  return 'unsupported' in inject ? own : inject;
}

function noInjection(defect: Defect, reason: string): Unmeasured {
  return { kind: 'sensitivity', defect: defect.id, arm: 'again', title: `${defect.title}: no injection`, reason };
}
