import type { Definition } from '../../src/core/defect.js';
import type { Json } from '../../src/core/evidence.js';
import type { EmbeddingsOptions } from './options.js';
import { argText } from '../../src/core/arg-text.js';

/** The sentence of a finding, with `cells`, and of a flagged cell, without. */
export const sentences: Definition<EmbeddingsOptions>['sentences'] = {
  'embeddings.length': (a) =>
    'cells' in a
      ? `${count(a['cells'])} vectors of ${argText(a['column'])} do not have ${count(a['length'])} elements as the others do.`
      : `The vector has ${count(a['length'])} elements.`,
  'embeddings.broken': (a) =>
    'cells' in a
      ? `${count(a['cells'])} vectors of ${argText(a['column'])} hold elements that are null, NaN or infinite.`
      : `${count(a['elements'])} elements of the vector are null, NaN or infinite.`,
  'embeddings.zero': (a) =>
    'cells' in a
      ? `${count(a['cells'])} vectors of ${argText(a['column'])} are zero in every element.`
      : 'The vector is zero in every element.',
  'embeddings.norm': (a) =>
    'cells' in a
      ? `${count(a['cells'])} vectors of ${argText(a['column'])} have a norm below ${number(a['low'])} or above ${number(a['high'])}; that of most lies near ${number(a['usual'])}.`
      : `The norm of the vector is ${number(a['norm'])}.`,
  'embeddings.repeats': (a) =>
    'cells' in a
      ? `${count(a['cells'])} rows of ${argText(a['column'])} share ${count(a['vectors'])} ${Number(a['vectors']) === 1 ? 'vector' : 'vectors'} that ${a['entity'] === null ? 'stand in several rows' : `several values of ${argText(a['entity'])} hold`}, though vectors are otherwise of one ${a['entity'] === null ? 'row' : 'value'} each.`
      : `The vector is held by ${count(a['holders'])} values or rows.`,
  'embeddings.no-length': (a) =>
    `${argText(a['column'])} holds lists of many lengths, ${count(a['length'])} the most frequent in ${percent(a['share'])} of the rows, so they are no vectors of one space.`,
  'embeddings.not-looked-at': (a) =>
    `Only the first ${count(a['first'])} columns of vectors were looked at; ${count(a['columns'])} were not.`,
};

function count(value: Json | undefined): string {
  return Number(value).toLocaleString('en-US');
}

function number(value: Json | undefined): string {
  return String(Number(Number(value).toPrecision(3)));
}

function percent(value: Json | undefined): string {
  return `${Math.round(100 * Number(value))}%`;
}
