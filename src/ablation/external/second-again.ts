import type { Again, Defect, Mechanism, Unsupported } from '../../core/defect.js';
import type { Experiment } from '../experiment.js';
import type { Measured } from '../effect/judge.js';
import type { MeasuredAgain } from '../sensitivity.js';
import type { Run } from '../../core/run.js';
import type { SecondModel } from './second-model.js';
import type { Summary } from '../effect/summary.js';
import type { Suspect } from '../propose.js';
import type { Unmeasured } from '../../core/effect.js';
import { paired } from '../effect/paired.js';
import { placed } from '../sensitivity.js';
import { prepareDamage } from '../damage.js';
import { secondAbout } from './second-about.js';
import { summarise } from '../effect/summary.js';
import { toAssayError } from '../../core/errors.js';

/** The first `most` sensitivities of the found defects for a second model: the same damage as the built-in one saw. */
export async function measureSecondAgain(
  experiment: Experiment,
  model: SecondModel,
  suspects: readonly Suspect[],
  most: number,
  base: readonly Summary[],
  seeds: readonly number[],
  run: Run,
): Promise<MeasuredAgain> {
  const measured: Measured[] = [];
  const unmeasured: Unmeasured[] = [];
  for (const { defect, again, mechanism } of wanted(suspects).slice(0, most)) {
    const { name, where } = mechanism;
    const about = {
      kind: 'sensitivity' as const,
      defect: defect.id,
      arm: `${name} (${where})`,
      title: `as much again, ${name}`,
    };
    try {
      const found = await damagedBy(experiment, model, defect, mechanism, again.dose, seeds, run);
      if ('unsupported' in found) unmeasured.push({ ...about, reason: found.unsupported });
      else
        measured.push({ ...about, ...secondAbout(model), units: found.units, difference: paired(base, found.damaged) });
    } catch (thrown) {
      if (run.signal.aborted) throw thrown;
      unmeasured.push({ ...about, reason: toAssayError(thrown).message });
    }
  }
  return { measured, unmeasured };
}

interface Wanted {
  readonly defect: Defect;
  readonly again: Again;
  readonly mechanism: Mechanism;
}

/** Mechanisms that a defect names and has; what it lacks is said for the built-in model already. */
function wanted(suspects: readonly Suspect[]): readonly Wanted[] {
  return suspects.flatMap(({ defect, evidence }) => {
    const { inject } = defect;
    if ('unsupported' in inject) return [];
    return defect.again(evidence).flatMap((again) => {
      const mechanism = placed(defect, again, inject).find((m) => m.name === again.mechanism);
      return mechanism === undefined ? [] : [{ defect, again, mechanism }];
    });
  });
}

async function damagedBy(
  experiment: Experiment,
  model: SecondModel,
  defect: Defect,
  mechanism: Mechanism,
  dose: number,
  seeds: readonly number[],
  run: Run,
): Promise<{ readonly units: number; readonly damaged: readonly Summary[] } | Unsupported> {
  const damage = await prepareDamage(experiment, mechanism, `again/${defect.id}/${mechanism.name}`, run);
  if ('unsupported' in damage) return damage;
  const rows = experiment.rows('evaluation');
  const damaged: Summary[] = [];
  let hit = 0;
  try {
    for (const seed of seeds) {
      run.signal.throwIfAborted();
      const scores = await damage.plan(seed, dose, (plan, scope, units) => {
        hit = units;
        return model.train(plan, scope, experiment.seedOf(seed));
      });
      damaged.push(summarise(scores, rows, 'auc'));
    }
    return { units: hit, damaged };
  } finally {
    await damage.release();
  }
}
