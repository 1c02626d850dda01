import type { Definition, Options } from '../../src/core/defect.js';
import type { Finding } from '../../src/core/evidence.js';
import { argText } from '../../src/core/arg-text.js';

/** The sentence of a finding, with `rows` or `units`, and of a flagged row, without. */
export const sentences: Definition<Options>['sentences'] = {
  'overlap.exact': (a) =>
    'rows' in a
      ? `${count(a['test'])} test rows (${percent(a['share'])}) equal a training row in all columns but the label${apart(a)}; ${count(a['rows'])} training rows are concerned${otherLabel(a)}. If columns were independent, ${chance(a)} would be equal by chance.`
      : `This row equals test row ${argText(a['test'])}${label(a)}.`,
  'overlap.near': (a) =>
    'rows' in a
      ? `${count(a['test'])} test rows (${percent(a['share'])}) equal a training row but for the last digits of their numbers; ${count(a['rows'])} training rows are concerned${otherLabel(a)}.`
      : `This row equals test row ${argText(a['test'])} but for the last digits of its numbers${label(a)}.`,
  'overlap.users': (a) =>
    `${count(a['known'])} of ${count(a['units'])} users of the test rows (${percent(a['share'])}) are in the training rows too. That is right where known users will be served; a claim about new users needs a split by user.`,
  'overlap.groups': (a) =>
    `${count(a['known'])} of ${count(a['units'])} groups of the test rows (${percent(a['share'])}) are in the training rows too, though rows of a group belong together.`,
};

function count(value: Finding['args'][string] | undefined): string {
  return Number(value).toLocaleString('en-US');
}

function percent(value: Finding['args'][string] | undefined): string {
  return `${(100 * Number(value)).toFixed(1)}%`;
}

function apart(a: Finding['args']): string {
  return Array.isArray(a['apart']) && a['apart'].length > 0 ? ` and ${a['apart'].join(', ')}` : '';
}

function otherLabel(a: Finding['args']): string {
  return Number(a['otherLabel']) > 0 ? `, ${count(a['otherLabel'])} under another label` : '';
}

function chance(a: Finding['args']): string {
  return Number(a['chance']) < 0.5 ? 'none' : `at least ${count(Math.round(Number(a['chance'])))} pairs`;
}

function label(a: Finding['args']): string {
  return a['same'] === true ? '' : ', under another label';
}
