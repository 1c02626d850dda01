import type { Arm } from '../arm.js';
import type { ColumnsWorth } from '../../core/worth.js';
import type { DropCandidate } from './candidates.js';
import type { Experiment } from '../experiment.js';
import type { Paired } from '../effect/paired.js';
import type { Run } from '../../core/run.js';
import type { StudyPlan } from '../plan/studies.js';
import { candidatesOf } from './candidates.js';
import { costLimits } from '../effect/cost-limits.js';
import { featureAucs } from '../../derived/single-feature-auc.js';
import { featureBytes } from '../../derived/column-bytes.js';
import { judgeColumns } from './judge-columns.js';
import { seedList } from '../seeds.js';

/**
 * Trains without each column and without each group of columns, paired with the model that sees all, and then without
 * all that can go at once. Hidden columns are masked, so rows, bins and draws stay the same. `budget` is in AUC.
 */
export async function dropColumns(
  experiment: Experiment,
  plan: StudyPlan,
  budget: number,
  run: Run,
): Promise<ColumnsWorth | null> {
  const features = experiment.frame.columns.map(({ feature }) => feature.column.name);
  if (plan.columns === 0 || features.length < 2) return null;
  const candidates = candidatesOf(features, await featureAucs(experiment.study, run), plan.columns);
  const bytes = await featureBytes(experiment.study, run);
  const seeds = seedList(plan.seeds);
  const costs: Paired[] = [];
  for (const candidate of candidates) costs.push(await costOf(experiment, candidate, seeds));
  const verdicts = judgeColumns(costs, budget);
  const tried = new Set(candidates.flatMap(({ columns }) => (columns.length === 1 ? columns : [])));
  return {
    budget,
    entries: candidates.map(({ name, columns }, i) => ({
      name,
      columns,
      bytes: columns.reduce((sum, column) => sum + (bytes.get(column) ?? 0), 0),
      ...costLimits(costs[i]!),
      verdict: verdicts[i]!,
    })),
    together: await withoutAll(
      experiment,
      candidates.filter((_, i) => verdicts[i] === 'can-go'),
      seeds,
    ),
    leftOut: features.length - tried.size,
    seeds: plan.seeds,
  };
}

async function costOf(experiment: Experiment, without: DropCandidate, seeds: readonly number[]): Promise<Paired> {
  const arm = await masking(experiment, without);
  await experiment.train([experiment.asIs, arm], seeds);
  const cost = experiment.difference(experiment.asIs, arm, seeds, 'evaluation');
  experiment.forget(arm);
  return cost;
}

/** Single columns only: a group that can go is no promise for a union of groups. Null where fewer than two can. */
async function withoutAll(
  experiment: Experiment,
  goers: readonly DropCandidate[],
  seeds: readonly number[],
): Promise<ColumnsWorth['together']> {
  const columns = goers.filter((goer) => goer.columns.length === 1).map((goer) => goer.name);
  if (columns.length < 2 || columns.length === experiment.frame.columns.length) return null;
  return { columns, ...costLimits(await costOf(experiment, { name: 'all that can go', columns }, seeds)) };
}

async function masking({ frame, asIs }: Experiment, { name, columns }: DropCandidate): Promise<Arm> {
  const hidden = frame.columns.flatMap(({ feature }, c) => (columns.includes(feature.column.name) ? [c] : []));
  const all = await asIs.overlay(0);
  const overlay = { ...all, masked: [...all.masked, ...hidden] };
  return { name: `without ${name}`, units: columns.length, overlay: () => Promise.resolve(overlay) };
}
