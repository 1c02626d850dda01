import type { Unsupported } from '../../src/core/defect.js';
import type { Expr } from '../../src/core/plan.js';
import type { Column } from '../../src/core/relation.js';
import { expr } from '../../src/core/plan.js';
import { isNumeric, typeKind } from '../../src/dataset/sql/type-kinds.js';

/** A number as a constant of the column's type, or why it does not fit. */
export function constantFor(column: Column, value: number): Expr | Unsupported {
  const { name, type } = column;
  if (!isNumeric(type)) return { unsupported: `${name} holds no numbers` };
  if (type === 'DOUBLE') return expr.double(value);
  if (typeKind(type) === 'integer' && !fits(type, value))
    return { unsupported: `${value} does not fit the type ${type} of ${name}` };
  return expr.literal(type, String(value));
}

function fits(type: string, value: number): boolean {
  const unsigned = type.startsWith('U');
  const bits = { TINYINT: 8, SMALLINT: 16, INTEGER: 32, BIGINT: 53 }[unsigned ? type.slice(1) : type] ?? 53;
  return (
    Number.isInteger(value) && value >= (unsigned ? 0 : -(2 ** (bits - 1))) && value < 2 ** (unsigned ? bits : bits - 1)
  );
}
