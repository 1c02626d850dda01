import type { Audit } from '../audit/audit.js';
import type { TrialPlan } from '../ablation/plan/trial-plan.js';
import type { Proposal } from '../ablation/propose.js';
import type { Cleaning, Effect } from '../core/effect.js';
import type { Plan } from '../core/plan.js';
import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import type { Demo } from '../../reports/model.js';
import type { DemoFiles } from './make.js';
import { withFreshSample } from './fresh-sample.js';
import { compareFlags } from './compare-flags.js';
import { trueGains, type MeasuredGain, type ProvenRecipe } from './true-gain.js';

export interface CompareInput {
  readonly files: DemoFiles;
  /** The split study that was measured. */
  readonly study: Study;
  readonly audit: Audit;
  readonly measured: {
    readonly effects: readonly Effect[];
    readonly proposal: Proposal;
    readonly trialPlan: TrialPlan;
    readonly cleaning: Cleaning | null;
    readonly recipe: Plan;
  };
  /** Seed of the log. */
  readonly seed: number;
  /** Rows of the fresh sample; 150,000 by default, which puts the standard error of a gain below .001. */
  readonly freshRows?: number;
}

/** What was planted against what was flagged, and each measured gain against the true one. */
export async function compareWithTruth(input: CompareInput, run: Run): Promise<Demo> {
  const { files, study, audit, measured, seed, freshRows = 150_000 } = input;
  const step = run.within('compare with the truth');
  const planted = await compareFlags(files, study, audit, step);
  const gains = measuredGains(measured.effects, measured.proposal);
  if (gains.length === 0) return { planted, gains: [] };
  const fresh = await withFreshSample(study, files, { rows: freshRows, seed }, step);
  // The measurement drew its training rows under this path.
  const same = { ...step, random: run.random.fork('train') };
  const { rows, rounds } = measured.trialPlan;
  const recipe = provenRecipe(measured);
  const compared = { planted, ...(await trueGains(fresh, gains, recipe, { rows, rounds }, same)) };
  step.progress.end();
  return compared;
}

function provenRecipe({ cleaning, recipe }: CompareInput['measured']): ProvenRecipe | null {
  const proof = cleaning?.proof ?? null;
  return proof === null || recipe.steps.length === 0 ? null : { plan: recipe, proof };
}

function measuredGains(effects: readonly Effect[], proposal: Proposal): readonly MeasuredGain[] {
  return effects
    .filter(({ kind, metric }) => kind === 'gain' && metric === 'auc')
    .flatMap((effect) => {
      const suspect = proposal.suspects.find(({ defect }) => defect.id === effect.defect);
      const repair = suspect?.repairs.find(({ id }) => id === effect.arm);
      return repair === undefined ? [] : [{ effect, repair }];
    });
}
