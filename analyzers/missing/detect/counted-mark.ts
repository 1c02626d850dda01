import type { Mark } from '../../../src/dataset/sql/shapes/missing-mark.js';

/** A mark with the cells that carry it. */
export interface CountedMark {
  readonly mark: Mark;
  readonly cells: number;
}

/** What the marked cells hold, for sentences and arguments: null, the word, or the number as text. */
export function heldBy(mark: Mark): string | null {
  if (mark.kind === 'null') return null;
  return mark.kind === 'word' ? mark.word : String(mark.value);
}
