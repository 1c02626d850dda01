import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';

/** Values of a column as text with their counts, rarest first, nulls as null; at most `limit` rows. */
export function valueCounts(relation: Relation, column: Column, limit: number): Query {
  const value = `CAST(${column.id} AS VARCHAR)`;
  return {
    sql: `SELECT ${value} AS value, count(*) AS n FROM ${relation.name} GROUP BY ${value} ORDER BY n, value LIMIT ${limit}`,
  };
}

/** One row: `rows`, and for each column `<id>_values` (distinct) and `<id>_cells` (not null). */
export function distinctCounts(relation: Relation, columns: readonly Column[]): Query {
  const parts = columns.map(({ id }) => `count(DISTINCT ${id}) AS ${id}_values, count(${id}) AS ${id}_cells`);
  return { sql: `SELECT count(*) AS rows, ${parts.join(', ')} FROM ${relation.name}` };
}

/** One row `constant`: whether a whole-number column always has the same distance from the row number in its file. */
export function rowNumberOffsets(relation: Relation, column: Column): Query {
  const row = `(k % 1099511627776)`;
  return {
    sql: `SELECT coalesce(min(offset_) = max(offset_), false) AS constant
      FROM (SELECT CAST(${column.id} AS DECIMAL(38,0)) - ${row} AS offset_ FROM ${relation.name})`,
  };
}

/** One row `low, high, cells`: range in seconds of a time column. */
export function timeRange(relation: Relation, column: Column, dialect: Dialect): Query {
  const seconds = dialect.epoch(column.id, column.type);
  return {
    sql: `SELECT min(${seconds}) AS low, max(${seconds}) AS high, count(${column.id}) AS cells FROM ${relation.name}`,
  };
}

/** The first key that occurs more than once, one text column for each key column; no row where the key is unique. */
export function firstRepeat(relation: Relation, columns: readonly Column[]): Query {
  const ids = columns.map((c) => c.id).join(', ');
  const texts = columns.map((c) => `CAST(${c.id} AS VARCHAR) AS ${c.id}`).join(', ');
  return {
    sql: `SELECT ${texts} FROM (SELECT ${ids}, min(k) AS first, count(*) AS n FROM ${relation.name} GROUP BY ${ids}) AS keys
          WHERE n > 1 ORDER BY first LIMIT 1`,
  };
}
