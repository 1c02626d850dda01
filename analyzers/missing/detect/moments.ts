import type { Column } from '../../../src/core/relation.js';
import { typeKind } from '../../../src/dataset/sql/type-kinds.js';

/** A moment as the text of a literal of the time column's type; numbers stay numbers. */
export function momentText(time: Column, seconds: number): string {
  if (typeKind(time.type) !== 'time') return String(seconds);
  const iso = new Date(seconds * 1000).toISOString();
  return time.type === 'DATE' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
}

/** The same for people: the day alone where buckets are whole days. */
export function momentSaid(time: Column, seconds: number, width: number): string {
  const text = momentText(time, seconds);
  return width % 86_400 === 0 && typeKind(time.type) === 'time' ? text.slice(0, 10) : text;
}
