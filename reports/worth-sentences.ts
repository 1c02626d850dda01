import type { CapacityAxis, CapacityEffect, ColumnsWorth, EvaluationLabels, ValueCurve } from '../src/core/worth.js';
import type { Effect } from '../src/core/effect.js';
import { auc, capital, change, count, cut, interval, list, percent, plural, visible, word } from './format.js';

/** Sentences on what rows, columns and the size of the model are worth, used by every renderer. */

/** `most recent days`, `training rows`, `negatives`. */
export function valueUnits(curve: ValueCurve): string {
  return { rows: 'training rows', days: 'most recent days', negatives: 'negatives' }[curve.of];
}

/** The promise: how far the training set may shrink. */
export function valueWithin({ of, total, points, within }: ValueCurve): string {
  const { budget, kept, relation } = within;
  const all = count(total);
  const cost = `costs less than ${auc(budget)}`;
  const some = of === 'days' ? `The last ${count(kept)} of ${plural(total, 'day')}` : `${count(kept)} of ${all} ${of}`;
  return {
    'down-to': `${some} are enough: going without the others ${cost}.`,
    'at-most': `${some}, the fewest tried, are enough: going without the others ${cost}.`,
    none: `Keep all ${all} ${of}: with ${count(points[0]?.kept ?? kept)} of them the cost may already exceed ${auc(budget)}.`,
  }[relation];
}

/** `worth about 12,000 clean rows (9,000 to 20,000)`; empty where it was not measured. */
export function rowsWorthText({ rowsWorth }: Effect): string {
  if (rowsWorth === undefined) return '';
  const { rows, relation, low, high } = rowsWorth;
  if (relation === 'more-than') return `worth more than ${count(rows)} clean rows`;
  return `worth about ${count(rows)} clean rows (${count(low)} ${high === null ? 'or more' : `to ${count(high)}`})`;
}

/** Which columns no longer pay. */
export function columnsThatCanGo(worth: ColumnsWorth): string {
  const goers = worth.entries.filter((e) => e.verdict === 'can-go' && e.columns.length === 1);
  if (goers.length === 0) return `No column is shown to cost less than ${auc(worth.budget)} when it is left out.`;
  const names = goers.slice(0, 8).map((e) => cut(e.name, 34));
  const more = goers.length > 8 ? [`${word(goers.length - 8)} more`] : [];
  const verb = goers.length === 1 ? 'no longer pays' : 'no longer pay';
  const each = goers.length === 1 ? 'leaving it out costs' : 'leaving out any one of them costs';
  return `${capital(word(goers.length))} ${goers.length === 1 ? 'column' : 'columns'} ${verb}, ${each} less than ${auc(worth.budget)}: ${list([...names, ...more])}.`;
}

/** What the columns that can go cost together. */
export function columnsTogether({ together }: ColumnsWorth): string | null {
  if (together === null) return null;
  const cost = together.cost < 0 ? `changes AUC by ${change(-together.cost)}` : `costs ${auc(together.cost)}`;
  return `Leaving out all ${word(together.columns.length)} at once ${cost}, 95% interval of the cost ${interval(together)}; they were chosen on the same rows.`;
}

/** What the budget left untried. */
export function columnsLeftOut({ leftOut }: ColumnsWorth): string | null {
  return leftOut === 0
    ? null
    : `${plural(leftOut, 'column')} in the middle, neither weakest nor strongest alone, ${leftOut === 1 ? 'was' : 'were'} not tried.`;
}

export function worthWord(verdict: ColumnsWorth['entries'][number]['verdict']): string {
  return { pays: 'pays', 'can-go': 'can go', 'not-resolved': 'not resolved' }[verdict];
}

/** `15 trees of 8 leaves`. */
export function modelText({ trees, leaves }: CapacityAxis['small']): string {
  return `${count(trees)} trees of ${count(leaves)} leaves`;
}

/** Whether the size of the model matters for it. */
export function capacityWord({ difference }: CapacityEffect): string {
  if (difference.p > 0.05) return 'no difference resolved';
  return difference.value > 0 ? 'more on the large model' : 'more on the small model';
}

/** What given label error does to every difference in AUC. */
export function labelNoiseSentence({ noise }: EvaluationLabels): string | null {
  if (noise === undefined) return null;
  const { positives, negatives, shrink } = noise;
  return `${percent(positives)} of the evaluation labels that say 1 and ${percent(negatives)} of those that say 0 are wrong, as given: if these errors do not follow the score, every difference in AUC is seen ${two(shrink)} times its size. The numbers here are not corrected, and no evaluation label was repaired.`;
}

/** AUC on trusted rows, or why there is none. */
export function trustedSentence({ trusted }: EvaluationLabels): string | null {
  if (trusted === undefined) return null;
  const rows = `${plural(trusted.rows, 'evaluation row')} with a trusted label (${cut(trusted.column, 34)}), ${plural(trusted.positives, 'positive')}`;
  if (trusted.auc === null) return `${rows}: no numbers. ${visible(trusted.reason ?? '')}`;
  return `${rows}: AUC ${auc(trusted.auc.value)} ${interval(trusted.auc)} as it is.`;
}

function two(value: number): string {
  return value.toFixed(2).replace(/^0\./, '.');
}
