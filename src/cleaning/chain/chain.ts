import type { Candidate } from '../../ablation/repairs.js';
import type { ChainStep, Cleaning, Proof } from '../../core/effect.js';
import type { Experiment } from '../../ablation/experiment.js';
import type { Plan } from '../../core/plan.js';
import type { Protection } from './protect.js';
import type { TrialPlan } from '../../ablation/plan/trial-plan.js';
import { chainPlans } from '../../core/plan.js';
import { choose } from './choose.js';
import { defaultProtection } from './protect.js';
import { enter } from './alone.js';
import { prove } from './proof.js';
import { together } from './last.js';
import { tooFewRows } from '../../ablation/effect/floor.js';
import { unseenStep } from './step.js';

/** What the chain decided, and the plan of the accepted steps in order; no steps where nothing was accepted. */
export interface Chained {
  readonly cleaning: Cleaning;
  readonly plan: Plan;
}

export interface ChainOptions {
  /** What no step may remove; null: anything may go. */
  readonly protection?: Protection | null;
  /**
   * Called right before the outer rows are opened: how often those of this split are, this time counted. Above 1 it is no
   * longer a proof; 1 where absent.
   */
  readonly openOuter?: () => number | Promise<number>;
}

/**
 * Chooses repairs on the inner rows, freezes them, and proves them together on the outer rows, once. What each part
 * must show stands at `rule`. A recipe whose proof does not hold is empty. Steps come accepted ones first, in the order
 * of the recipe, then as the candidates.
 */
export async function chain(
  experiment: Experiment,
  candidates: readonly Candidate[],
  trials: Pick<TrialPlan, 'seeds'>,
  options: ChainOptions = {},
): Promise<Chained> {
  const thin = tooFewRows(experiment.rows('inner')) ?? tooFewRows(experiment.rows('outer'));
  if (thin !== null) return empty(candidates.map((candidate) => unseenStep(candidate, 'not-resolved', thin)));
  const protection = options.protection === undefined ? defaultProtection : options.protection;
  const { tried, entrants, outside } = await enter(experiment, candidates, protection);
  const { accepted, recipe, steps } = await choose(experiment, entrants, protection);
  const others = tried.filter((candidate) => !accepted.includes(candidate));
  const decided = [...accepted, ...others].map((candidate) => steps.get(candidate) ?? outside.get(candidate)!);
  if (recipe === null) return empty(decided);
  // Before the proof: once the outer rows are open, nothing more is measured here.
  const shares = accepted.length < 2 ? null : await together(experiment, recipe, accepted);
  const proof = await prove(experiment, recipe, trials.seeds.proof, options.openOuter ?? once);
  if ('reason' in proof) return empty(withdrawn(decided, `The recipe could not be proven: ${proof.reason}`));
  if (!proof.holds) return empty(withdrawn(decided, notHeld), proof);
  const told = decided.map((step, i) => (i < accepted.length ? { ...step, ...shares?.get(accepted[i]!) } : step));
  return { cleaning: { steps: told, proof }, plan: chainPlans(...accepted.map((a) => a.repair.plan)) };
}

function once(): number {
  return 1;
}

const notHeld =
  'Resolved on the inner rows, but the gain did not hold on the outer rows, which took no part in choosing.';

function empty(steps: readonly ChainStep[], proof: Proof | null = null): Chained {
  return { cleaning: { steps, proof }, plan: { version: 1, steps: [] } };
}

function withdrawn(steps: readonly ChainStep[], reason: string): readonly ChainStep[] {
  return steps.map((step) => (step.decision === 'accepted' ? { ...step, decision: 'not-resolved', reason } : step));
}
