import type { DataComparison, MeasuredCause } from '../core/data-comparison.js';
import { round12 } from '../stats/round12.js';

/** The sentence on top, from what was measured. */
export function verdictOf(
  { difference }: NonNullable<DataComparison['auc']>,
  causes: readonly MeasuredCause[],
): DataComparison['verdict'] {
  if (difference.value === 0 && difference.mde === 0)
    return { code: 'not-resolved', sentence: 'A and B give the same model and the same scores.' };
  if (!difference.resolved) {
    const sentence = `No difference in AUC is resolved between A and B; one of ${four(difference.mde)} or more would have been seen.`;
    return { code: 'not-resolved', sentence };
  }
  const word = difference.value < 0 ? 'lower' : 'higher';
  const [first] = causes.filter(({ resolved, explains }) => resolved && explains !== null && explains > 0);
  const because =
    first === undefined
      ? 'None of the changes that were measured explains it.'
      : `The change that explains most: ${first.title} (${Math.round(first.explains! * 100)}%).`;
  return { code: 'differs', sentence: `AUC is ${four(Math.abs(difference.value))} ${word} on B than on A. ${because}` };
}

function four(value: number): string {
  return round12(value).toFixed(4).replace(/^0\./, '.');
}
