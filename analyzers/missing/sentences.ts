import type { Definition } from '../../src/core/defect.js';
import type { Finding, Json } from '../../src/core/evidence.js';
import type { MissingOptions } from './options.js';
import { argText } from '../../src/core/arg-text.js';

export const sentences: Definition<MissingOptions>['sentences'] = {
  'missing.null': (a) =>
    'cells' in a
      ? `${argText(a['column'])} is null in ${count(a['cells'])} rows (${percent(a['share'])}).`
      : `${argText(a['column'])} is null.`,
  'missing.disguised': (a) =>
    'cells' in a
      ? `${argText(a['column'])} holds ${held(a)} in ${count(a['cells'])} rows (${percent(a['share'])}), which looks like a null in disguise.`
      : `${argText(a['column'])} is ${held(a)}, which looks like a null in disguise.`,
  'missing.structural': (a) => {
    const rule = rules(a['rule']);
    return 'cells' in a
      ? `${argText(a['column'])} is ${held(a)} in ${count(a['cells'])} rows, exactly those with ${rule}: a value that cannot exist there.`
      : `${argText(a['column'])} is ${held(a)}, as in every row with ${rule}.`;
  },
  'missing.outage': (a) =>
    'cells' in a
      ? `${argText(a['column'])} is ${held(a)} in ${percent(Number(a['cells']) / Number(a['rows']))} of the rows${slice(a)} from ${argText(a['first'])} to ${argText(a['last'])} (${count(a['cells'])} cells; at other times ${percent(a['usual'])}).`
      : `${argText(a['column'])} is ${held(a)} in a stretch of time in which it was lost.`,
  'missing.recurring': (a) => {
    const by = a['slice'] === null ? '' : `, each of one value of ${argText(a['slice'])}`;
    return `${argText(a['column'])} is ${held(a)} again and again: in ${count(a['stretches'])} stretches of time from ${argText(a['first'])} to ${argText(a['last'])}${by}, ${percent(Number(a['cells']) / Number(a['rows']))} of the rows (${count(a['cells'])} cells; at other times ${percent(a['usual'])}).`;
  },
  'missing.slice': (a) =>
    `${argText(a['column'])} is ${held(a)} in ${percent(a['share'])} of the rows${slice(a)} (${count(a['cells'])} cells), elsewhere in ${percent(a['elsewhere'])}.`,
  'missing.tells-label': (a) =>
    `${argText(a['column'])} is null in ${percent(a['positives'])} of the positives and in ${percent(a['negatives'])} of the negatives, so a null alone ranks the label with AUC ${auc(a['value'])}. Is the column filled before the label is known?`,
  'missing.not-at-random': (a) =>
    `${argText(a['column'])} is not null by chance: a model tells its null rows by the other columns with AUC ${auc(a['auc'])} (${auc(a['low'])} to ${auc(a['high'])}; ${auc(a['shuffled'])} with the nulls shuffled). Does the value that is not there decide as well? The file cannot tell.`,
  'missing.together': (a) => {
    const columns = Array.isArray(a['columns']) ? a['columns'].join(', ') : '';
    return `${columns} are null in the same ${count(a['cells'])} rows.`;
  },
  'missing.not-looked-at': (a) => {
    const left = [
      ['notAsked', 'columns whose nulls no model was asked about'],
      ['ruled', 'columns in which no rule was looked for'],
      ['followed', 'kinds of missing cells that were not followed over time and slices'],
      ['together', 'columns that were not compared for nulls in the same rows'],
    ].flatMap(([name, what]) => (Number(a[name!]) > 0 ? [`${count(a[name!])} ${what}`] : []));
    return `There are so many columns that some things were left out: ${left.join('; ')}.`;
  },
};

function held({ value }: Finding['args']): string {
  if (value === null || value === undefined) return 'null';
  if (value === '') return 'blank';
  return Number.isFinite(Number(value)) ? argText(value) : JSON.stringify(value);
}

function slice({ slice: column, level }: Finding['args']): string {
  return column === null || column === undefined ? '' : ` with ${argText(column)} = ${argText(level)}`;
}

function rules(rule: Json | undefined): string {
  const all = Array.isArray(rule) ? rule : [];
  return all
    .map((r: Json) =>
      typeof r === 'object' && r !== null && 'column' in r ? `${argText(r['column'])} = ${argText(r['value'])}` : '',
    )
    .join(' and with ');
}

function auc(value: Json | undefined): string {
  return Number(value).toFixed(2);
}

function count(value: Json | undefined): string {
  return Number(value).toLocaleString('en-US');
}

function percent(share: Json | number | undefined): string {
  const value = 100 * Number(share);
  return `${value !== 0 && value < 1 ? value.toPrecision(1) : value.toFixed(value < 10 ? 1 : 0)}%`;
}
