import type { CauseEffect, DataComparison, Difference, SchemaChange } from '../../src/core/data-comparison.js';
import { auc, change, count, interval, percent, plural, visible } from '../format.js';

/** The verdict in a word, for the start of a line. */
export const comparisonWord: Readonly<Record<DataComparison['verdict']['code'], string>> = {
  differs: 'Differs',
  'not-resolved': 'Not resolved',
  unmeasured: 'Not measured',
};

/** `−.0153 [−.0253, −.0054]`, and whether it is resolved. */
export function differenceText(difference: Difference): string {
  const limits = `${change(difference.value)} ${interval(difference)}`;
  return difference.resolved ? limits : `${limits}, not resolved`;
}

/** What part of the difference lies in what the models learned. */
export function trainingSentence({ training }: NonNullable<DataComparison['auc']>): string {
  return `On the same rows, those of B, a model of B instead of A changes AUC by ${differenceText(training)}. The rest of the difference lies in the rows that are scored.`;
}

/** `60% of it`; an en dash where the difference is not resolved, or the cause is not. */
export function explainsText({ explains, resolved }: CauseEffect): string {
  if (!resolved || explains === null) return '–';
  return explains < 0 ? 'the other way' : percent(explains);
}

/** What is left when all resolved moves are taken back. */
export function togetherSentence(together: CauseEffect): string {
  const part = explainsText(together);
  const share = part === '–' ? '' : ` (${part} of the difference)`;
  return `All resolved moves taken back at once: ${differenceText(together)}${share}.`;
}

/** Heading over the causes. */
export function causesHeading({ causes }: DataComparison): string {
  const resolved = causes.filter((cause) => cause.resolved).length;
  if (causes.length === 0) return 'Nothing that moved was found';
  if (resolved === 0) return `${plural(causes.length, 'change')} measured, none of them resolved`;
  return `${count(resolved)} of ${plural(causes.length, 'change')} measured ${resolved === 1 ? 'is' : 'are'} resolved`;
}

/** How to read the numbers of causes. */
export const causesNote =
  'AUC with the change minus AUC without it: B’s values are given the distribution they have in A, a new defect is repaired, the larger set is cut to the size of the smaller, each alone; then the model is trained again on the same seeds. Below 0, the change is why B is worse. Shares of changes that overlap need not add up to 100%.';

/** `tenure is only in A (BIGINT)`. */
export function schemaSentence({ column, change: kind, from, to }: SchemaChange): string {
  const name = visible(column);
  if (kind === 'type') return `${name} is ${visible(from ?? '')} in A and ${visible(to ?? '')} in B.`;
  if (kind === 'renamed') return `${name} in A is ${visible(to ?? '')} in B, by what it holds. No model here sees it.`;
  if (kind === 'swapped') return `What is ${name} in A stands under ${visible(to ?? '')} in B.`;
  if (kind === 'unit') return `${name} is in another unit in B: multiplied by ${visible(to ?? '')}.`;
  const [side, type] = kind === 'only-in-a' ? ['A', from] : ['B', to];
  const why = kind === 'only-in-a' ? ' No model here sees it.' : '';
  return `${name} is only in ${side} (${visible(type ?? '')}).${why}`;
}

/** What the numbers rest on. */
export function howSentence({ how }: DataComparison): string {
  return `${how.model}, ${plural(how.rounds, 'round')}; ${plural(how.pairs, 'pair')} of trainings, ${count(how.trainings)} in all; models of ${count(how.trainRows.a)} (A) and ${count(how.trainRows.b)} (B) rows, scored on ${count(how.evaluationPositives.a)} and ${count(how.evaluationPositives.b)} positives.`;
}

/** AUC of both, with limits. */
export function levelsText({ a, b }: NonNullable<DataComparison['auc']>): string {
  return `A ${auc(a.value)} ${interval(a)}   B ${auc(b.value)} ${interval(b)}`;
}
