import type { Definition, Options } from '../../src/core/defect.js';
import type { Json } from '../../src/core/evidence.js';
import { argText } from '../../src/core/arg-text.js';

export const sentences: Definition<Options>['sentences'] = {
  'sequence.out-of-order': (a) =>
    'rows' in a
      ? `${count(a['rows'])} rows are out of place in a file whose rows ${a['within'] === null ? 'are' : 'of each user are'} in the order of time, half of them by ${span(a['typical'])} or more: their clock, or their place, is wrong.`
      : `The row lies ${span(a['away'])} outside of the rows around it.`,
  'sequence.unordered': (a) =>
    `The rows are not in the order of time (${percent(a['back'])} are earlier than the row before), so rows out of order cannot be told.`,
  'sequence.ties': (a) =>
    'rows' in a
      ? `${count(a['rows'])} rows (${percent(a['share'])}) share their moment with another row of the same user: what came first is unknown.`
      : `${count(a['others'])} other rows of the same user have the same moment.`,
  'sequence.own-target': (a) =>
    'rows' in a
      ? `${argText(a['column'])} ${a['end'] === 'last' ? 'ends' : 'begins'} with the row's own item in ${count(a['rows'])} rows, ${a['next'] === null ? "once more than the user's events before explain" : `where the item next to it is the own one in ${count(a['next'])}`} (${percent(a['positives'])} of positives, ${percent(a['others'])} of the others): the event is in its own history.`
      : "The row's own item is the latest of its history.",
  'sequence.truncated': (a) =>
    `${percent(a['share'])} of the histories in ${argText(a['column'])} have ${argText(a['length'])} items, the most there are: longer ones were cut.`,
  'sequence.padded': (a) =>
    `${percent(a['share'])} of the histories in ${argText(a['column'])} are filled up with ${JSON.stringify(argText(a['value']))} at the ${argText(a['at'])}.`,
};

function span(seconds: Json | undefined): string {
  const value = Number(seconds);
  if (value < 120) return `${Number(value.toPrecision(3))} seconds`;
  if (value < 7200) return `${Math.round(value / 60)} minutes`;
  return value < 172_800 ? `${Math.round(value / 3600)} hours` : `${Math.round(value / 86_400)} days`;
}

function count(value: Json | undefined): string {
  return Number(value).toLocaleString('en-US');
}

function percent(share: Json | undefined): string {
  return `${Number((100 * Number(share)).toPrecision(2))}%`;
}
