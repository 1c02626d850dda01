import type { Arm } from '../../ablation/arm.js';
import type { Experiment } from '../../ablation/experiment.js';
import type { Candidate } from '../../ablation/repairs.js';
import type { ChainStep } from '../../core/effect.js';
import type { Entrant } from './alone.js';
import type { Protection } from './protect.js';
import { chainPlans } from '../../core/plan.js';
import { harmful, staysOnTop } from './rule.js';
import { overlaps } from './touch.js';
import { seedList } from '../../ablation/seeds.js';
import { atBestStrength, strengthSentence, type Trial } from './strength.js';
import { stepOf } from './step.js';

/** What was chosen: accepted steps in their order, the arm of all of them, and why the other entrants were not. */
export interface Choice {
  readonly accepted: readonly Candidate[];
  readonly recipe: Arm | null;
  readonly steps: ReadonlyMap<Candidate, ChainStep>;
}

/**
 * Greedy: takes the largest gain, then again and again the largest gain on top of what is taken, as long as it is
 * resolved. Each is taken at the strength that gains most, see `rule`. Of repairs of one defect that alter the same rows
 * or cells only the best is taken.
 */
export async function choose(
  experiment: Experiment,
  entrants: readonly Entrant[],
  protection: Protection | null,
): Promise<Choice> {
  const tries = entrants.reduce((sum, { candidate }) => sum + (candidate.repair.others?.length ?? 0), 0);
  const accepted: Candidate[] = [];
  const steps = new Map<Candidate, ChainStep>();
  let recipe: Arm | null = null;
  let open = entrants;
  while (open.length > 0) {
    const trials: readonly Trial[] = await tryOnTop(experiment, recipe, accepted, open);
    const best = trials.reduce((a, b) => (b.gain.estimate > a.gain.estimate ? b : a));
    const { candidate } = best.entrant;
    if (recipe !== null && !staysOnTop(best.gain)) {
      const harm = harmful(trials.map((trial) => trial.gain));
      trials.forEach((trial, i) => steps.set(trial.entrant.candidate, declined(trial, harm[i] === true)));
      break;
    }
    const { taken, tried } = await atBestStrength(experiment, recipe, accepted, best, tries, protection);
    const winner = taken.entrant.candidate;
    const because = [acceptedBecause(accepted), ...strengthSentence(winner.repair, tried)].join(' ');
    const told = tried.length === 0 ? {} : { tried };
    if (taken !== best) steps.set(candidate, beaten(best, winner));
    steps.set(winner, { ...stepOf(winner, taken.gain, 'accepted', because), ...told });
    accepted.push(winner);
    recipe = taken.arm;
    const rivals = trials.filter((t) => t !== best && isRival(t.entrant, taken.entrant));
    for (const rival of rivals) steps.set(rival.entrant.candidate, beaten(rival, winner));
    open = open.filter((e) => e !== best.entrant && !rivals.some((rival) => rival.entrant === e));
  }
  return { accepted, recipe, steps };
}

async function tryOnTop(
  experiment: Experiment,
  recipe: Arm | null,
  accepted: readonly Candidate[],
  open: readonly Entrant[],
): Promise<readonly Trial[]> {
  if (recipe === null) return open.map((entrant) => ({ entrant, arm: entrant.candidate.arm, gain: entrant.gain }));
  const arms: Arm[] = [];
  for (const { candidate } of open) {
    const plan = chainPlans(...accepted.map((a) => a.repair.plan), candidate.repair.plan);
    arms.push(await experiment.arm([...accepted, candidate].map((c) => c.arm.name).join(' + '), plan));
  }
  const seeds = seedList(Math.max(...open.map((e) => e.candidate.pairs), ...accepted.map((a) => a.pairs)));
  await experiment.train([recipe, ...arms], seeds);
  const base = recipe;
  return open.map((entrant, i) => {
    const arm = arms[i]!;
    return { entrant, arm, gain: experiment.difference(arm, base, seeds, 'inner') };
  });
}

function isRival(a: Entrant, b: Entrant): boolean {
  return a.candidate.defect === b.candidate.defect && overlaps(a.touch, b.touch);
}

function acceptedBecause(before: readonly Candidate[]): string {
  return before.length === 0
    ? 'The largest gain that stands out on the inner rows.'
    : 'Its gain on top of the steps before it is resolved on the inner rows.';
}

function beaten({ entrant, gain }: Trial, winner: Candidate): ChainStep {
  const reason = `It alters the same rows or cells as "${winner.repair.title}", which gains more.`;
  return stepOf(entrant.candidate, gain, 'not-resolved', reason);
}

function declined({ entrant, gain }: Trial, harm: boolean): ChainStep {
  const reason = harm
    ? 'On top of the accepted steps it lowers AUC on the inner rows.'
    : 'On top of the accepted steps its gain is not resolved on the inner rows.';
  return stepOf(entrant.candidate, gain, harm ? 'hurts' : 'not-resolved', reason);
}
