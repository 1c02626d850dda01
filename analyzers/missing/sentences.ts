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
  'missing.slice': (a) =>
    `${argText(a['column'])} is ${held(a)} in ${percent(a['share'])} of the rows${slice(a)} (${count(a['cells'])} cells), elsewhere in ${percent(a['elsewhere'])}.`,
  'missing.together': (a) => {
    const columns = Array.isArray(a['columns']) ? a['columns'].join(', ') : '';
    return `${columns} are null in the same ${count(a['cells'])} rows.`;
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

function count(value: Json | undefined): string {
  return Number(value).toLocaleString('en-US');
}

function percent(share: Json | number | undefined): string {
  const value = 100 * Number(share);
  return `${value !== 0 && value < 1 ? value.toPrecision(1) : value.toFixed(value < 10 ? 1 : 0)}%`;
}
