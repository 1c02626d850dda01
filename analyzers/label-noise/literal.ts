import type { Expr } from '../../src/core/plan.js';
import type { Slice } from '../../src/dataset/sql/shapes/hot-cells.js';
import { momentLiteral } from '../../src/dataset/moment-literal.js';

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
