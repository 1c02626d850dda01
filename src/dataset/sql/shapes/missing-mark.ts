import type { Dialect } from '../../../core/engine.js';
import type { Column } from '../../../core/relation.js';
import { isNumeric, typeKind } from '../type-kinds.js';

/** A way in which cells of a column may say "nothing is known": a null, a word in one of its spellings, a number. */
export type Mark = { readonly column: Column } & (
  | { readonly kind: 'null' }
  | { readonly kind: 'word'; readonly word: string; readonly spellings: readonly string[] }
  | { readonly kind: 'value'; readonly value: number }
);

/** True, false and never unknown: whether a cell carries the mark. NaN counts as null. */
export function markSql(mark: Mark, dialect: Dialect): string {
  const cell = mark.column.id;
  if (mark.kind === 'null') return nullSql(mark.column);
  if (mark.kind === 'value') return `coalesce(${equalsNumber(mark.column, mark.value)}, false)`;
  return `coalesce(${cell} IN (${mark.spellings.map((s) => dialect.text(s)).join(', ')}), false)`;
}

/** Whether a cell is null or NaN. */
export function nullSql(column: Column): string {
  return typeKind(column.type) === 'float' ? `(${column.id} IS NULL OR isnan(${column.id}))` : `(${column.id} IS NULL)`;
}

/** Whether a cell holds a value. */
export function presentSql(column: Column): string {
  return `NOT ${nullSql(column)}`;
}

/** Equality by two comparisons: a bloom filter over floats in a user's file may lose rows of a plain `=`. */
function equalsNumber(column: Column, value: number): string {
  const cell = numberSql(column);
  return `(${cell} >= ${value} AND ${cell} <= ${value})`;
}

/** The cell as DOUBLE; null where text is no number. */
export function numberSql(column: Column): string {
  return isNumeric(column.type) ? `CAST(${column.id} AS DOUBLE)` : `TRY_CAST(${column.id} AS DOUBLE)`;
}
