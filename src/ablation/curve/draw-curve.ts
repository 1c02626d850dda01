import type { Arm } from '../arm.js';
import type { Experiment } from '../experiment.js';
import type { Curve, Unmeasured } from '../../core/effect.js';
import type { Damage } from '../damage.js';
import type { Dosed } from './dose-response.js';
import type { Mechanism } from '../../core/defect.js';
import type { Run } from '../../core/run.js';
import type { TrialPlan } from '../plan/trial-plan.js';
import { doseResponse } from './dose-response.js';
import { prepareDamage } from '../damage.js';
import { refinement } from './tolerance.js';
import { seedList } from '../seeds.js';
import { tooFewUnits } from '../effect/floor.js';

/** What a curve is asked for: of which mechanism, by which trials, against which budget in AUC. */
export interface CurveRequest {
  readonly defect: string;
  readonly mechanism: Mechanism;
  readonly plan: Pick<TrialPlan, 'doses' | 'refine' | 'seeds'>;
  readonly budget: number;
}

/** Measures cost at growing doses, then once more between the tolerance and the dose that breaks it. */
export async function drawCurve(experiment: Experiment, request: CurveRequest, run: Run): Promise<Curve | Unmeasured> {
  const { defect, mechanism, plan, budget } = request;
  const purpose = `curve/${defect}/${mechanism.name}`;
  const damage = await prepareDamage(experiment, mechanism, purpose, run);
  if ('unsupported' in damage) return unmeasured(request, damage.unsupported);
  try {
    const random = run.random.fork(purpose).fork('band');
    const dosed = await measure(experiment, damage, plan.doses, plan.seeds.curves);
    const thin = tooFewUnits(dosed.at(-1)!.cost);
    if (thin !== null) return unmeasured(request, thin);
    const { tolerance } = doseResponse(dosed, budget, random);
    const between = plan.refine ? refinement(plan.doses, tolerance) : null;
    const more = between === null ? [] : await measure(experiment, damage, [between], plan.seeds.curves);
    return {
      defect,
      mechanism: mechanism.name,
      where: mechanism.where,
      ...(damage.column === undefined ? {} : { column: damage.column }),
      ...doseResponse(
        [...dosed, ...more].sort((a, b) => a.dose - b.dose),
        budget,
        random,
      ),
    };
  } finally {
    await damage.release();
  }
}

async function measure(
  experiment: Experiment,
  damage: Damage,
  doses: readonly number[],
  pairs: number,
): Promise<readonly Dosed[]> {
  const arms: Arm[] = [];
  for (const dose of doses) arms.push(await damage.arm(dose));
  const seeds = seedList(pairs);
  await experiment.train([experiment.asIs, ...arms], seeds);
  return arms.map((arm, i) => {
    const cost = experiment.difference(experiment.asIs, arm, seeds, 'evaluation');
    experiment.forget(arm);
    return { dose: doses[i]!, cost };
  });
}

function unmeasured({ defect, mechanism }: CurveRequest, reason: string): Unmeasured {
  const arm = `${mechanism.name} (${mechanism.where})`;
  return { kind: 'cost', defect, arm, title: `dose-response of ${mechanism.name}`, reason };
}
