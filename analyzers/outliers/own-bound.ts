import type { TypeName } from '../../src/core/plan.js';
import { integerRange } from '../../src/dataset/sql/plan/literals.js';
import { decimalOf } from '../../src/dataset/sql/plan/type-names.js';
import { typeKind } from '../../src/dataset/sql/type-kinds.js';

/**
 * The bound of a rule `cell < bound` or `cell > bound` as a value of the column's own type, so that the rule compares like
 * with like: cells of whole numbers and decimals are beyond it where they are beyond `limit`. Null where the type holds
 * nothing beyond it.
 */
export function ownBound(type: TypeName, cmp: '<' | '>', limit: number): string | null {
  if (typeKind(type) === 'float') return String(limit);
  const { scale, low, high } = held(type);
  const units = limit * 10 ** scale;
  const bound = cmp === '<' ? Math.ceil(units) : Math.floor(units);
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
