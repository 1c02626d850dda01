import type { Candidate } from '../repairs.js';
import type { EvaluationLabels, Limited } from '../../core/worth.js';
import type { Experiment } from '../experiment.js';
import type { Paired } from '../effect/paired.js';
import type { Run } from '../../core/run.js';
import { AssayError } from '../../core/errors.js';
import { limitsOf } from '../effect/limits.js';
import { seedList } from '../seeds.js';
import { tooFewRows, tooFewUnits } from '../effect/floor.js';
import { trustedRows } from './trusted-rows.js';

/** What the user knows of the evaluation labels. */
export interface LabelKnowledge {
  /** Column that says which labels are trusted. */
  readonly trusted?: string;
  /** Shares of wrong labels: among those that say 1, and among those that say 0. */
  readonly noise?: { readonly positives: number; readonly negatives: number };
}

/**
 * What wrong evaluation labels do to the numbers, and the numbers on trusted rows; null where nothing is known. Reads
 * trials that are trained already. No label is altered: the headline stays on the rows as they are.
 */
export async function evaluationLabels(
  experiment: Experiment,
  candidates: readonly Candidate[],
  asIsPairs: number,
  known: LabelKnowledge,
  run: Run,
): Promise<EvaluationLabels | null> {
  if (known.trusted === undefined && known.noise === undefined) return null;
  return {
    ...(known.noise === undefined ? {} : { noise: attenuation(known.noise) }),
    ...(known.trusted === undefined
      ? {}
      : { trusted: await onTrusted(experiment, candidates, asIsPairs, known.trusted, run) }),
  };
}

/**
 * With noise that does not depend on the score, a difference in AUC is seen shrunk by 1 - a - b (Menon et al. 2015,
 * Learning from corrupted binary labels).
 *
 * @throws AssayError `option-invalid` where the labels would say nothing (a + b >= 1).
 */
export function attenuation(noise: NonNullable<LabelKnowledge['noise']>): NonNullable<EvaluationLabels['noise']> {
  const { positives, negatives } = noise;
  const shrink = Math.round((1 - positives - negatives) * 1e12) / 1e12;
  if (!(positives >= 0 && negatives >= 0 && shrink > 0)) {
    throw new AssayError('option-invalid', {
      option: '--label-error',
      value: `${positives},${negatives}`,
      expected: 'two shares from 0 whose sum is below 1',
    });
  }
  return { positives, negatives, shrink };
}

async function onTrusted(
  experiment: Experiment,
  candidates: readonly Candidate[],
  asIsPairs: number,
  column: string,
  run: Run,
): Promise<NonNullable<EvaluationLabels['trusted']>> {
  const rows = await trustedRows(experiment, column, run);
  const about = { column, rows: rows.at.length, positives: rows.positives };
  const thin = tooFewRows(rows);
  if (thin !== null)
    return { ...about, auc: null, gains: [], reason: thin.replace('evaluation', 'trusted evaluation') };
  return {
    ...about,
    auc: limited(experiment.level(experiment.asIs, seedList(asIsPairs), rows)),
    gains: candidates.flatMap(({ defect, repair, arm, pairs }) => {
      if (pairs < 2) return [];
      const gain = experiment.difference(arm, experiment.asIs, seedList(pairs), rows);
      return tooFewUnits(gain) === null ? [{ defect, arm: repair.id, title: repair.title, ...limited(gain) }] : [];
    }),
  };
}

function limited(paired: Paired): Limited {
  const { low, high } = limitsOf(paired);
  return { value: paired.estimate, low, high };
}
