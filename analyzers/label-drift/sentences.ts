import type { Finding, Json } from '../../src/core/evidence.js';
import { argText } from '../../src/core/arg-text.js';

type Sentence = (args: Finding['args']) => string;

/** One sentence for each finding. */
export const sentences: Readonly<Record<string, Sentence>> = {
  'label-drift.moved': (a) =>
    `The share of positives went from ${percent(a['before'])} in ${reference(a)} to ${percent(a['after'])}: ${interval(a)}.`,
  'label-drift.steady': (a) =>
    `The share of positives is ${percent(a['after'])} against ${percent(a['before'])} in ${reference(a)}: ${interval(a)}, no change worth reading.`,
  'label-drift.not-resolved': (a) =>
    `Not resolved: the share of positives is ${percent(a['after'])} against ${percent(a['before'])} in ${reference(a)}, ${interval(a)}, with ${argText(a['positivesAfter'])} and ${argText(a['positivesBefore'])} positives.`,
  'label-drift.nothing-to-compare': () =>
    'The share of positives could not be compared: a side has no labelled rows, or all rows are of one moment.',
};

function reference(a: Finding['args']): string {
  if (a['against'] === 'reference') return 'the reference file';
  return a['against'] === 'test' ? 'the training rows' : `the rows before ${argText(a['from'])}`;
}

function interval({ ratio, low, high }: Finding['args']): string {
  if (typeof ratio !== 'number') return 'a ratio that is unknown since a side has no positive';
  return `${short(ratio)} times as many (95% interval ${short(low)} to ${short(high)})`;
}

function short(value: Json | undefined): string {
  return String(Number(Number(value).toPrecision(3)));
}

function percent(share: Json | undefined): string {
  return `${Number((100 * Number(share)).toPrecision(3))}%`;
}
