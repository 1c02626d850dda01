import type { Literal, TypeName } from '../core/plan.js';
import { doubleLiteral } from '../core/plan.js';

/** A moment in seconds since 1970 as a constant of a time column's type; for dates and whole numbers rounded up. */
export function momentLiteral(seconds: number, type: TypeName): Literal {
  if (type === 'DOUBLE') return doubleLiteral(seconds);
  if (type === 'DATE') return { type, text: iso(Math.ceil(seconds / 86_400) * 86_400).slice(0, 10) };
  if (type === 'TIMESTAMPTZ') return { type, text: `${iso(seconds)}+00` };
  if (type.startsWith('TIMESTAMP')) return { type, text: iso(seconds) };
  return { type, text: type.startsWith('DECIMAL') || type === 'FLOAT' ? String(seconds) : String(Math.ceil(seconds)) };
}

function iso(seconds: number): string {
  return new Date(seconds * 1000)
    .toISOString()
    .slice(0, 23)
    .replace('T', ' ')
    .replace(/\.000$/, '');
}
