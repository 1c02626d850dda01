import type { Finding, Json } from '../../src/core/evidence.js';
import { argText } from '../../src/core/arg-text.js';

type Sentence = (args: Finding['args']) => string;

/** One sentence for each finding and each kind of flagged row. */
export const sentences: Readonly<Record<string, Sentence>> = {
  'drift.unit-change': (a) =>
    'rows' in a
      ? `${argText(a['column'])} is ${times(a['factor'])}${place(a)} from ${argText(a['from'])} on, as if its unit had changed: its median went from ${short(a['before'])} to ${short(a['after'])} (${count(a['rows'])} rows).`
      : `In the unit used before, this value was not ${times(a['factor'])}.`,
  'drift.moved': (a) =>
    `${argText(a['column'])} is distributed otherwise than in ${reference(a)}: corrected PSI ${short(a['psi'])}. Most moved ${argText(a['most'])}, from ${percent(a['before'])} to ${percent(a['after'])} of the rows.`,
  'drift.new-values': (a) =>
    'values' in a
      ? `${argText(a['column'])} takes values that ${reference(a)} do${a['against'] === 'reference' ? 'es' : ''} not have: ${list(a['values'])} in ${percent(a['share'])} of the rows (corrected PSI ${short(a['psi'])}).`
      : 'A value that the rows compared with do not have.',
  'drift.nothing-to-compare': () => 'Nothing could be compared: there are no rows, or all of them are of one moment.',
  'drift.calendar': (a) =>
    `${argText(a['column'])} moves with the calendar: ${a['within'] === undefined ? 'it is a function of time, and the two periods are not the same hours, days or seasons' : `it grows with time within each ${argText(a['within'])}`} (corrected PSI ${short(a['psi'])}).`,
};

/** What the rows were compared with, plural where it is rows. */
function reference(a: Finding['args']): string {
  if (a['against'] === 'reference') return 'the reference file';
  return a['against'] === 'test' ? 'the training rows' : `the rows before ${argText(a['from'])}`;
}

function times(factor: Json | undefined): string {
  const value = Number(factor);
  return value >= 1 ? `multiplied by ${value}` : `divided by ${Math.round(1 / value)}`;
}

function place({ slice, value }: Finding['args']): string {
  return slice === null || slice === undefined ? '' : ` where ${argText(slice)} = ${argText(value)}`;
}

function list(values: Json | undefined): string {
  const all = Array.isArray(values) ? values.map(String) : [];
  return all.length > 5 ? `${all.slice(0, 5).join(', ')} and others` : all.join(', ');
}

function short(value: Json | undefined): string {
  return String(Number(Number(value).toPrecision(3)));
}

function count(value: Json | undefined): string {
  return Number(value).toLocaleString('en-US');
}

function percent(share: Json | undefined): string {
  return `${Number((100 * Number(share)).toPrecision(2))}%`;
}
