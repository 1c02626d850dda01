import type { Definition, Options } from '../../src/core/defect.js';
import type { Finding, Json } from '../../src/core/evidence.js';
import { argText } from '../../src/core/arg-text.js';

export const sentences: Definition<Options>['sentences'] = {
  'dirty-cells.typo': said('look like typing errors of a far more frequent value'),
  'dirty-cells.dependency': said('contradict what other columns say of them in nearly all other rows'),
  'dirty-cells.unit': said('are numbers with a unit that is spelled in several ways'),
  'dirty-cells.shape': said('are written in a form that hardly any other cell has'),
  'dirty-cells.not-looked-at': (a) =>
    `${argText(a['count'])} text columns hold too many values to be compared, or come after the first 500: ${names(a['columns'])}.`,
};

function said(what: string): (args: Finding['args']) => string {
  return (a) => {
    if (!('cells' in a)) return `This cell is among those that ${what}.`;
    const cells = Number(a['cells']).toLocaleString('en-US');
    return `${cells} cells of ${argText(a['column'])} ${what}${examples(a['examples'])}.`;
  };
}

function examples(list: Json | undefined): string {
  if (!Array.isArray(list) || list.length === 0) return '';
  const pairs = list as readonly (readonly [string | null, string | null])[];
  const texts = pairs.map(([value, to]) => `${quoted(value)}${to === null ? '' : ` for ${quoted(to)}`}`);
  return `, such as ${texts.join(', ')}`;
}

function quoted(value: string | null): string {
  return value === null ? 'null' : `"${value}"`;
}

function names(columns: Json | undefined): string {
  return Array.isArray(columns) ? columns.map((name: Json) => argText(name)).join(', ') : '';
}
