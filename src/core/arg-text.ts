import type { Json } from './evidence.js';

/** An argument of a finding as text for a sentence: strings as they are, nothing for null, all else as JSON. */
export function argText(value: Json | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
