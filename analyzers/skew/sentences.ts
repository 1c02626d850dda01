import type { Finding, Json } from '../../src/core/evidence.js';
import { argText } from '../../src/core/arg-text.js';

type Sentence = (args: Finding['args']) => string;

/** One sentence for each finding, with `share`, and for each flagged cell, with what either side had. */
export const sentences: Readonly<Record<string, Sentence>> = {
  'skew.stale': cellOr(
    (a) =>
      `${column(a)} is stale in ${argText(a['side'])} in ${percent(a['share'])} of the rows: it holds what the ${argText(a['entity'])} had ${lag(a['lag'])} (${percent(a['matched'])} of the cells that can be told).`,
  ),
  'skew.unit': cellOr(
    (a) =>
      `${column(a)} is in another unit in serving: ${factor(a['factor'])}${'share' in a ? ` in ${percent(a['share'])} of the rows` : ''}.`,
  ),
  'skew.default': cellOr(
    (a) =>
      `${column(a)} is ${JSON.stringify(argText(a['value']))} in ${argText(a['side'])} where the other side has a value of its own, in ${percent(a['share'])} of the rows.`,
  ),
  'skew.empty': cellOr(
    (a) =>
      `${column(a)} is empty in ${argText(a['side'])} where the other side has a value, in ${percent(a['share'])} of the rows.`,
  ),
  'skew.wrong': cellOr(
    (a) =>
      `${column(a)} differs between training and serving in ${percent(a['share'])} of the rows, neither by a unit nor by a lag.`,
  ),
  'skew.moved': (a) =>
    `${column(a)} is distributed otherwise in serving than in training: they differ by up to ${percent(a['distance'])} of the rows.`,
  'skew.absent': (a) => `${column(a)}, a feature in training, is no column of what serving logged.`,
  'skew.unmatched': (a) =>
    `${Number(a['rows']).toLocaleString('en-US')} training rows (${percent(a['share'])}) have no served row of their key, or several.`,
  'skew.no-key': () =>
    'Serving is compared by distribution only: name the columns that identify a row with --key to compare cell by cell.',
  'skew.no-rows': () => 'There are no rows to compare with serving.',
};

function cellOr(finding: Sentence): Sentence {
  return (a) =>
    'trained' in a ? `Training has ${value(a['trained'])}, serving had ${value(a['served'])}.` : finding(a);
}

function column(a: Finding['args']): string {
  return argText(a['column']);
}

function value(cell: Json | undefined): string {
  return cell === null || cell === undefined ? 'nothing' : argText(cell);
}

function lag(text: Json | undefined): string {
  const words = argText(text);
  return words.startsWith('since') ? words.replace('since', 'at') : `${words} before`;
}

function factor(by: Json | undefined): string {
  const number = Number(by);
  return number >= 1 ? `multiplied by ${number}` : `divided by ${Math.round(1 / number)}`;
}

function percent(share: Json | undefined): string {
  return `${Number((100 * Number(share)).toPrecision(2))}%`;
}
