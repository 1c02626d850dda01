import type { Column } from '../../../core/relation.js';

/** The text of a cell with "é" behind it, as its two bytes of UTF-8 look when they are read as Latin-1. */
export function misread({ id }: Column): string {
  return `${id} || 'Ã©'`;
}
