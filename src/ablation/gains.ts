import type { Candidate } from './repairs.js';
import type { Effect } from '../core/effect.js';
import type { Experiment } from './experiment.js';
import type { Measured } from './effect/judge.js';
import type { Paired } from './effect/paired.js';
import { normalised } from './effect/entropy.js';
import { seedList } from './seeds.js';
import { usersOf } from './effect/summary.js';

/**
 * The gain of every trained repair on inner and outer rows together, in AUC and, from the same trials, in the metrics
 * read beside it. All are signed so that > 0 helps.
 */
export function measureGains(experiment: Experiment, candidates: readonly Candidate[]): readonly Measured[] {
  return candidates.flatMap((candidate) => {
    if (candidate.pairs === 0) return [];
    const { arm, repair, defect } = candidate;
    return metricsOf(experiment, candidate).map(({ metric, difference, counted }) => ({
      kind: 'gain' as const,
      defect,
      arm: repair.id,
      title: repair.title,
      metric,
      units: arm.units,
      rows: experiment.trainRows,
      on: 'evaluation' as const,
      estimand: experiment.estimand,
      model: experiment.model,
      ...(counted === undefined ? {} : { counted }),
      difference,
    }));
  });
}

interface Gain {
  readonly metric: Effect['metric'];
  readonly difference: Paired;
  readonly counted?: NonNullable<Effect['counted']>;
}

/** Log loss and miscalibration are better when less, so as is stands first there. */
function metricsOf(experiment: Experiment, { arm, pairs }: Candidate): readonly Gain[] {
  const { asIs } = experiment;
  const seeds = seedList(pairs);
  const rows = experiment.rows('evaluation');
  const logloss = experiment.difference(asIs, arm, seeds, 'evaluation', 'logloss');
  return [
    { metric: 'auc', difference: experiment.difference(arm, asIs, seeds, 'evaluation') },
    { metric: 'logloss', difference: logloss },
    { metric: 'ne', difference: normalised(logloss, rows) },
    ...gaucOf(experiment, arm, seeds),
    { metric: 'calibration', difference: experiment.difference(asIs, arm, seeds, 'evaluation', 'miscalibration') },
  ];
}

/** AUC within users, where the sampling units are users and some of them have both classes. */
function gaucOf(experiment: Experiment, arm: Candidate['arm'], seeds: readonly number[]): readonly Gain[] {
  const rows = experiment.rows('evaluation');
  const users = usersOf(rows);
  if (experiment.study.split?.unit !== 'user' || users.row.length === 0) return [];
  const counted = { rows: users.row.length / rows.at.length, positives: users.positives / rows.positives };
  return [
    { metric: 'gauc', difference: experiment.difference(arm, experiment.asIs, seeds, 'evaluation', 'gauc'), counted },
  ];
}
