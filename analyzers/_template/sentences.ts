import type { Definition, Options } from '../../src/core/defect.js';
import { argText } from '../../src/core/arg-text.js';

/** The sentence of a finding, with `cells`, and of a flagged cell, without. */
export const sentences: Definition<Options>['sentences'] = {
  'template.impossible': (a) =>
    'cells' in a
      ? `${argText(a['column'])} is ${argText(a['value'])} in ${argText(a['cells'])} rows, which cannot be.`
      : `The cell is ${argText(a['value'])}, which cannot be.`,
};
