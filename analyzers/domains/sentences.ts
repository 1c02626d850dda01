import type { Finding, Json } from '../../src/core/evidence.js';
import { argText } from '../../src/core/arg-text.js';

type Sentence = (args: Finding['args']) => string;

/** One sentence for each finding, and for flagged cells, which have no `rows`. */
export const sentences: Readonly<Record<string, Sentence>> = {
  'domains.other-unit': (a) =>
    'rows' in a
      ? `${argText(a['column'])} is in another unit where ${place(a)}: ${times(a['factor'])} what it is where ${argText(a['domain'])} = ${argText(a['against'])} (medians ${short(a['ratio'])} to 1, 95% interval ${short(a['low'])} to ${short(a['high'])}), ${argText(a['rows'])} rows.`
      : `The cell is in the unit of ${argText(a['value'])}, which is not that of the other domains.`,
  'domains.other-words': (a) =>
    'rows' in a
      ? `${argText(a['column'])} is written otherwise where ${place(a)}: ${words(a['words'])}, ${argText(a['rows'])} rows.`
      : `The cell is in the spelling of ${argText(a['value'])}, which is not that of the other domains.`,
  'domains.reversed': (a) =>
    `${argText(a['column'])} ranks the label the other way round where ${place(a)}: AUC alone ${direction(a['own'])} against ${direction(a['others'])} in the other domains. What turned it (a sign, a scale counted from the other end, or the world) cannot be told, so no plan undoes it.`,
  'domains.differs': (a) =>
    `Where ${place(a)}, ${plural(a['differing'], 'column differs', 'columns differ')} from the other domains: ${columns(a)}.`,
  'domains.rates': (a) => `Share of positives by ${argText(a['domain'])}: ${rates(a['rates'])}.`,
  'domains.capped': (a) =>
    `${argText(a['known'])} of ${argText(a['values'])} values of ${argText(a['domain'])} are compared, those with most rows.`,
  'domains.few': (a) =>
    `There is nothing to compare: of ${plural(a['values'], 'value', 'values')} of ${argText(a['domain'])}, fewer than two have ${argText(a['least'])} rows.`,
};

function place(a: Finding['args']): string {
  return `${argText(a['domain'])} = ${argText(a['value'])}`;
}

function times(factor: Json | undefined): string {
  const value = Number(factor);
  return value >= 1 ? `${value} times` : `a ${Math.round(1 / value)}th of`;
}

const mostWords = 4;

function words(pairs: Json | undefined): string {
  const all = listOf(pairs);
  const shown = all.slice(0, mostWords).map(({ from, to }) => `${argText(from)} for ${argText(to)}`);
  return all.length > mostWords ? `${shown.join(', ')} and ${all.length - mostWords} more` : shown.join(', ');
}

function direction(of: Json | undefined): string {
  const { auc, low, high } = of as { auc: number; low: number; high: number };
  return `${auc.toFixed(3)} (95% interval ${low.toFixed(3)} to ${high.toFixed(3)})`;
}

function columns(a: Finding['args']): string {
  const all = listOf(a['columns']);
  const shown = all.map(({ name, psi }) => `${argText(name)} (PSI ${short(psi)})`).join(', ');
  return Number(a['differing']) > all.length ? `most of all ${shown}` : shown;
}

function rates(of: Json | undefined): string {
  const all = listOf(of);
  return all
    .map(({ value, rate, low, high }) => `${argText(value)} ${percent(rate)} (${percent(low)} to ${percent(high)})`)
    .join(', ');
}

function listOf(value: Json | undefined): readonly { readonly [name: string]: Json }[] {
  return Array.isArray(value) ? value : [];
}

function plural(n: Json | undefined, one: string, more: string): string {
  return `${argText(n)} ${n === 1 ? one : more}`;
}

function short(value: Json | undefined): string {
  return String(Number(Number(value).toPrecision(3)));
}

function percent(value: Json | undefined): string {
  const share = Number(value);
  return `${Number((100 * share).toPrecision(3))}%`;
}
