import type { Definition, Options } from '../../src/core/defect.js';
import { argText } from '../../src/core/arg-text.js';

/** The sentence of a finding, with `cells`, and of a flagged cell, without. */
export const sentences: Definition<Options>['sentences'] = {
  'outliers.not-looked-at': (a) =>
    `${argText(a['columns'])} numeric columns beyond the first ${argText(a['first'])} were not looked at for outliers.`,
  'outliers.far': (a) =>
    'cells' in a
      ? `${argText(a['column'])} lies far outside in ${argText(a['cells'])} ${a['cells'] === 1 ? 'row' : 'rows'}: below ${argText(a['low']) || 'nothing'} or above ${argText(a['high'])}, where 98 in 100 cells lie from ${argText(a['from'])} to ${argText(a['to'])}.`
      : `${argText(a['value'])} lies ${argText(a['distance'])} robust standard deviations from the median.`,
};
