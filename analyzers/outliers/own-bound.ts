import type { TypeName } from '../../src/core/plan.js';
import { integerRange } from '../../src/dataset/sql/plan/literals.js';
import { decimalOf } from '../../src/dataset/sql/plan/type-names.js';
import { typeKind } from '../../src/dataset/sql/type-kinds.js';

/**
 * The bound of a rule `cell < bound` or `cell > bound` as a value of the column's own type, so that the rule compares like
 * with like. Whole numbers and decimals are rounded: `exact`, so that the same cells are beyond the bound as are beyond
 * `limit`, or `outward`, so that a cell put on the bound is not moved past `limit`. Null where the type holds nothing
 * beyond it.
 */
export function ownBound(type: TypeName, cmp: '<' | '>', limit: number, rounded: 'exact' | 'outward'): string | null {
  if (typeKind(type) === 'float') return String(limit);
  const { scale, low, high } = held(type);
  const units = limit * 10 ** scale;
  const up = (cmp === '<') === (rounded === 'exact');
  // A decimal limit is a whole number of units but for the rounding of the product.
  const near = Math.abs(units - Math.round(units)) <= 1e-9 * Math.max(1, Math.abs(units));
  const bound = near ? Math.round(units) : up ? Math.ceil(units) : Math.floor(units);
  if (cmp === '<' ? bound <= low : bound >= high) return null;
  return scale === 0 ? String(BigInt(bound)) : (bound / 10 ** scale).toFixed(scale);
}

/** Decimal places of a type, and its least and greatest value in units of the last place. */
function held(type: TypeName): { readonly scale: number; readonly low: number; readonly high: number } {
  const decimal = decimalOf(type);
  if (decimal !== null) {
    const most = 10 ** decimal.precision - 1;
    return { scale: decimal.scale, low: -most, high: most };
  }
  const [low, high] = integerRange[type]!;
  return { scale: 0, low: Number(low), high: Number(high) };
}
