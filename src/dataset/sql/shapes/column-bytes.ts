import type { Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';

/** Bytes of one value of the types of fixed width. */
const widths: Readonly<Record<string, number>> = {
  BOOLEAN: 1,
  TINYINT: 1,
  UTINYINT: 1,
  SMALLINT: 2,
  USMALLINT: 2,
  INTEGER: 4,
  UINTEGER: 4,
  FLOAT: 4,
  DATE: 4,
  BIGINT: 8,
  UBIGINT: 8,
  DOUBLE: 8,
  TIME: 8,
  TIMESTAMP: 8,
  HUGEINT: 16,
  UHUGEINT: 16,
  UUID: 16,
  INTERVAL: 16,
};

/**
 * Bytes of the values of each column, nulls apart: `(place, bytes)`, `place` the position in `columns`. Fixed widths by
 * type; of other types the bytes of their text.
 */
export function columnBytes(relation: Relation, columns: readonly Column[]): Query {
  const sums = columns.map(({ id, type }, i) => {
    const width = widths[type] ?? (type.startsWith('TIMESTAMP') ? 8 : undefined);
    const bytes =
      width === undefined
        ? `coalesce(sum(octet_length(encode(CAST(${id} AS VARCHAR)))), 0)`
        : `${width} * count(${id})`;
    return `SELECT ${i} AS place, CAST(${bytes} AS BIGINT) AS bytes FROM ${relation.name}`;
  });
  return { sql: `${sums.join(' UNION ALL ')} ORDER BY place` };
}
