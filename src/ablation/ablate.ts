import type { Candidate } from './repairs.js';
import type { Curve, Effect, Unmeasured } from '../core/effect.js';
import type { Experiment } from './experiment.js';
import type { Proposal } from './propose.js';
import type { Run } from '../core/run.js';
import type { TrialPlan } from './plan/trial-plan.js';
import { drawCurve } from './curve/draw-curve.js';
import { defaultBudget, judge } from './effect/judge.js';
import { measureAgain } from './sensitivity.js';
import { measureGains } from './gains.js';
import { tooFewRows } from './effect/floor.js';

/** What the defects and their repairs do to the model. AUC decides; other metrics stand beside it. */
export interface Ablation {
  readonly effects: readonly Effect[];
  readonly unmeasured: readonly Unmeasured[];
  readonly curves: readonly Curve[];
}

export interface AblationOptions {
  /** Budget in AUC of the curves' tolerance; .002 by default. */
  readonly tolerance?: number;
}

/**
 * Gains of all trained repairs, sensitivities of what was found, and dose-response curves, on inner and outer rows
 * together. Nothing here is fed back into a choice: where there is a chain, it has chosen before.
 */
export async function ablate(
  experiment: Experiment,
  proposal: Proposal,
  candidates: readonly Candidate[],
  plan: TrialPlan,
  run: Run,
  options: AblationOptions = {},
): Promise<Ablation> {
  const thin = tooFewRows(experiment.rows('evaluation'));
  if (thin !== null) return nothing(proposal, candidates, thin);
  const budget = options.tolerance ?? defaultBudget;
  const gains = measureGains(experiment, candidates);
  const again = plan.sensitivities
    ? await measureAgain(experiment, proposal.suspects, plan, run)
    : { measured: [], unmeasured: [] };
  const judged = judge([...gains, ...again.measured], budget);
  const drawn = await drawCurves(experiment, [...proposal.curves, ...proposal.moreCurves], plan, budget, run);
  return {
    effects: judged.effects,
    unmeasured: [...proposal.unmeasured, ...again.unmeasured, ...judged.unmeasured, ...drawn.unmeasured],
    curves: drawn.curves,
  };
}

async function drawCurves(
  experiment: Experiment,
  wanted: Proposal['curves'],
  plan: TrialPlan,
  budget: number,
  run: Run,
): Promise<{ readonly curves: readonly Curve[]; readonly unmeasured: readonly Unmeasured[] }> {
  if (plan.doses.length === 0) return { curves: [], unmeasured: [] };
  const curves: Curve[] = [];
  const unmeasured: Unmeasured[] = [];
  for (const { defect, mechanism } of wanted.slice(0, plan.curves)) {
    const curve = await drawCurve(experiment, { defect, mechanism, plan, budget }, run);
    if ('points' in curve) curves.push(curve);
    else unmeasured.push(curve);
  }
  return { curves, unmeasured };
}

function nothing(proposal: Proposal, candidates: readonly Candidate[], reason: string): Ablation {
  const gains = candidates.map(({ defect, repair }): Unmeasured => {
    return { kind: 'gain', defect, arm: repair.id, title: repair.title, reason };
  });
  return { effects: [], unmeasured: [...proposal.unmeasured, ...gains], curves: [] };
}
