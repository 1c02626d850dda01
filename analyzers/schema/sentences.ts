import type { Finding, Json } from '../../src/core/evidence.js';
import type { Change, ChangeCode } from '../../src/derived/schema/diff/change.js';
import { argText } from '../../src/core/arg-text.js';
import { changeSentence } from '../../src/derived/schema/diff/sentence.js';

type Sentence = (args: Finding['args']) => string;

/** One sentence for each finding and each kind of flagged cell. */
export const sentences: Readonly<Record<string, Sentence>> = {
  'schema.missing-column': (a) =>
    `The schema has a column ${argText(a['column'])}${a['role'] === 'feature' ? '' : ` (${argText(a['role'])})`} and the data has not.${a['near'] === undefined ? '' : ` Is it ${argText(a['near'])}?`}`,
  'schema.new-column': (a) => `The schema does not know the column ${argText(a['column'])}.`,
  'schema.type': (a) => `${argText(a['column'])} is ${argText(a['found'])}; the schema says ${argText(a['expected'])}.`,
  'schema.empty': (a) =>
    'cells' in a
      ? `${argText(a['column'])} is empty in ${rows(a)}; the schema allows ${percent(a['allowed'])}.`
      : 'The cell is empty, and the schema asks for a value.',
  'schema.range': (a) =>
    'cells' in a
      ? `${argText(a['column'])} lies outside of ${limit(a['low'], '-∞')} to ${limit(a['high'], '∞')} in ${rows(a)}.`
      : `${argText(a['value'])} lies outside of the range of the schema.`,
  'schema.values': (a) =>
    'cells' in a
      ? `${argText(a['column'])} holds a value that is none of the ${argText(a['known'])} the schema knows in ${rows(a)}.`
      : 'The schema does not know this value.',
  'schema.length': (a) =>
    'cells' in a
      ? `${argText(a['column'])} is shorter than ${argText(a['least'])} or longer than ${argText(a['most'])} in ${rows(a)}.`
      : 'The list is shorter or longer than the schema says.',
  'schema.renamed': reading('renamed'),
  'schema.perhaps-renamed': reading('perhaps-renamed'),
  'schema.swapped': reading('swapped'),
  'schema.unit': reading('unit'),
  'schema.values-renamed': reading('values-renamed'),
  'schema.values-merged': reading('values-merged'),
};

/** A change between two versions, with what was compared. */
function reading(code: ChangeCode): Sentence {
  return (args) => {
    const change: Change = {
      code,
      column: argText(args['column']),
      ...(args['to'] === undefined ? {} : { to: argText(args['to']) }),
      compatible: false,
      confidence: 1,
      args,
    };
    return `${against(args)}${changeSentence(change)}`;
  };
}

function against({ by, from }: Finding['args']): string {
  if (by === 'schema') return 'Against the schema: ';
  if (by === 'time') return `From ${argText(from)} on: `;
  return by === 'test' ? 'In the test file: ' : 'Since the reference: ';
}

function rows({ cells, share }: Finding['args']): string {
  return `${Number(cells).toLocaleString('en-US')} rows (${percent(share)})`;
}

function limit(value: Json | undefined, none: string): string {
  return value === null || value === undefined ? none : argText(value);
}

function percent(share: Json | undefined): string {
  return `${Number((100 * Number(share)).toPrecision(2))}%`;
}
