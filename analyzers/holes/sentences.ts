import type { Definition, Options } from '../../src/core/defect.js';
import type { Finding, Json } from '../../src/core/evidence.js';
import { argText } from '../../src/core/arg-text.js';

export const sentences: Definition<Options>['sentences'] = {
  'holes.empty': (a) => `There are no rows ${stretch(a)}, where about ${count(a['expected'])} are usual.`,
  'holes.low': (a) =>
    `There are ${count(a['rows'])} rows ${stretch(a)}, where about ${count(a['expected'])} are usual: some may be missing.`,
  'holes.high': (a) =>
    `There are ${count(a['rows'])} rows ${stretch(a)}, where about ${count(a['expected'])} are usual.`,
  'holes.level': (a) =>
    `There are no rows with ${argText(a['column'])} = ${argText(a['level'])} ${stretch(a)}, where about ${count(a['expected'])} are usual.`,
  'holes.ids': (a) =>
    a['by'] === null
      ? `${argText(a['column'])} has no value from ${argText(a['from'])} to ${argText(a['to'])} (${count(a['ids'])} ids), though it has nearly all around them.`
      : `${argText(a['column'])} has hardly a value with remainder ${argText(a['residue'])} after division by ${argText(a['by'])} (about ${count(a['ids'])} ids): a partition may be missing.`,
  'holes.lost-values': (a) =>
    `${count(a['lost'])} values of ${argText(a['column'])} are frequent in the reference file and absent here: ${list(a['values'])}.`,
  'holes.volume': (a) =>
    `From ${argText(a['from'])} on there are ${Number(Number(a['ratio']).toPrecision(3))} times as many rows a day as before (${count(a['after'])} against ${count(a['before'])}).`,
  'holes.cannot-tell': () =>
    'Whether rows are missing at some time cannot be told: the file is too short or too thin for what is usual to be known.',
};

function stretch(a: Finding['args']): string {
  return `from ${argText(a['from'])} to ${argText(a['to'])}`;
}

function list(values: Json | undefined): string {
  const all = Array.isArray(values) ? values.map(String) : [];
  return all.length > 5 ? `${all.slice(0, 5).join(', ')} and others` : all.join(', ');
}

function count(value: Json | undefined): string {
  return Math.round(Number(value)).toLocaleString('en-US');
}
