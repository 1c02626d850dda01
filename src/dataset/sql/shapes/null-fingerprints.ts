import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { nullSql } from './missing-mark.js';

/**
 * One row with `f<i>` for each column: a fingerprint of the set of rows in which it is null, as text. Equal fingerprints
 * and equal counts mean the same rows but for a collision of 64 bits.
 */
export function nullFingerprints(relation: Relation, columns: readonly Column[], dialect: Dialect): Query {
  const parts = columns.map(
    (column, i) => `CAST(bit_xor(CASE WHEN ${nullSql(column)} THEN h END) AS VARCHAR) AS f${i}`,
  );
  const ids = columns.map((column) => column.id).join(', ');
  return {
    sql: `SELECT ${parts.join(', ')} FROM (SELECT ${dialect.rowHash(['k'])} AS h, ${ids} FROM ${relation.name})`,
  };
}
