import type { Expr, Literal, TypeName } from '../../src/core/plan.js';
import type { Slice } from '../../src/dataset/sql/shapes/hot-cells.js';

/** The rows of a slice as a rule over user names, with literals of the columns' own types. */
export function sliceRule(slice: Slice): Expr {
  const terms = slice.values.map(({ column, value }): Expr => {
    const col = { col: column.name };
    if (value === null) return { isNull: col };
    if (value === 'nan') return { isNaN: col };
    return { cmp: '=', args: [col, { lit: { type: column.type, text: value } }] };
  });
  if (slice.time !== null) {
    const { column, from, to } = slice.time;
    const col = { col: column.name };
    terms.push({ cmp: '>=', args: [col, { lit: momentLiteral(from, column.type) }] });
    terms.push({ cmp: '<', args: [col, { lit: momentLiteral(to, column.type) }] });
  }
  return { and: terms };
}

/** Seconds since 1970 as a constant of a time column's type; numbers stay numbers. */
export function momentLiteral(seconds: number, type: TypeName): Literal {
  const text = new Date(seconds * 1000).toISOString();
  if (type === 'DATE') return { type, text: text.slice(0, 10) };
  if (type === 'TIMESTAMPTZ') return { type, text: `${text.slice(0, 19).replace('T', ' ')}+00` };
  if (type.startsWith('TIMESTAMP')) return { type, text: text.slice(0, 19).replace('T', ' ') };
  return { type, text: String(seconds) };
}
