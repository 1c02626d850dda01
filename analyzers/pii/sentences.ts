import type { Definition, Options } from '../../src/core/defect.js';
import { argText } from '../../src/core/arg-text.js';
import { personalKinds } from '../../src/core/personal-kinds.js';

/** Of a column, with its count and the shape of one cell; of a single cell, without. */
export const sentences: Definition<Options>['sentences'] = {
  ...Object.fromEntries(
    personalKinds.map(({ name, says }): [string, Definition<Options>['sentences'][string]] => [
      `pii.${name}`,
      ({ column, cells, example }) =>
        cells === undefined
          ? `This cell of ${argText(column)} looks like one of ${says}.`
          : `${argText(cells)} cells of ${argText(column)} look like ${says}, such as ${argText(example)}; values of this column are shown nowhere.`,
    ]),
  ),
  'pii.named': (a) =>
    `${argText(a['column'])} is called as if it held personal data, and its values are many; they are shown nowhere.`,
};
