import type { Mark } from '../../../src/dataset/sql/shapes/missing-mark.js';

/** A mark with the cells that carry it. */
export interface CountedMark {
  readonly mark: Mark;
  readonly cells: number;
}

/** What the marked cells hold, for sentences and arguments: null, the word, or the number as text. */
export function heldBy(mark: Mark): string | null {
  switch (mark.kind) {
    case 'null':
      return null;
    case 'word':
      return mark.word;
    case 'value':
      return String(mark.value);
  }
}
