import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { bucketSql } from './marks-by-time.js';
import { isScalar, scalarSql } from './scalar.js';

/**
 * Share of rows in time buckets in which a column does not move: `s0`, `s1` …, over buckets of at least five rows. Text
 * must be one value; numbers may differ by 1% of the column's range, so that a running clock counts too. A
 * column that never moves is in no step with time: share 0.
 */
export function steadyWithin(
  relation: Relation,
  columns: readonly Column[],
  time: Column,
  seconds: number,
  dialect: Dialect,
): Query {
  const value = (c: Column): string => (isScalar(c) ? scalarSql(c, dialect) : `CAST(${c.id} AS VARCHAR)`);
  const ends = columns.map((_, i) => `min(x${i}) AS l${i}, max(x${i}) AS h${i}`).join(', ');
  const steady = columns.map((c, i) => {
    const moves = `max(h${i}) OVER () > min(l${i}) OVER ()`;
    const same = isScalar(c) ? `h${i} - l${i} <= 0.01 * (max(h${i}) OVER () - min(l${i}) OVER ())` : `h${i} = l${i}`;
    return `CASE WHEN coalesce(${same} AND ${moves}, false) THEN n ELSE 0 END AS q${i}`;
  });
  const shares = columns.map((_, i) => `CAST(sum(q${i}) AS DOUBLE) / nullif(sum(n), 0) AS s${i}`).join(', ');
  return {
    sql: `SELECT ${shares} FROM (SELECT n, ${steady.join(', ')} FROM (SELECT count(*) AS n, ${ends}
      FROM (SELECT ${bucketSql(time, seconds, dialect)} AS bucket, ${columns.map((c, i) => `${value(c)} AS x${i}`).join(', ')}
        FROM ${relation.name} WHERE ${time.id} IS NOT NULL)
      GROUP BY bucket HAVING count(*) >= 5))`,
  };
}
