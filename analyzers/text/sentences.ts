import type { Definition, Options } from '../../src/core/defect.js';
import { argText } from '../../src/core/arg-text.js';

type Sentence = Definition<Options>['sentences'][string];

/** Of a column with its count, or of a single cell, without. */
function of(many: string, one: string): Sentence {
  return ({ column, cells }) =>
    cells === undefined
      ? `This cell of ${argText(column)} ${one}.`
      : `${argText(cells)} cells of ${argText(column)} ${many}.`;
}

export const sentences: Definition<Options>['sentences'] = {
  'text.blank': of('are empty or hold blanks only', 'is empty or holds blanks only'),
  'text.damaged': of('were read under a wrong encoding', 'was read under a wrong encoding'),
  'text.boilerplate': of('hold one and the same text', 'holds the text that many others hold'),
};
