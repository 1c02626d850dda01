import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { scalarSql } from './scalar.js';

/**
 * One row on the numbers of a column: `low`, `lower` quartile, `upper` quartile, `high`, share `positive`, and
 * `distinct_values`; null where there are none.
 */
export function quartiles(relation: Relation, column: Column, dialect: Dialect): Query {
  return {
    sql: `SELECT min(x) AS low, ${dialect.quantile('x', 0.25)} AS lower, ${dialect.quantile('x', 0.75)} AS upper,
        max(x) AS high, avg(CASE WHEN x > 0 THEN 1 ELSE 0 END) AS positive, count(DISTINCT x) AS distinct_values
      FROM (SELECT ${scalarSql(column, dialect)} AS x FROM ${relation.name}) WHERE x IS NOT NULL`,
  };
}
