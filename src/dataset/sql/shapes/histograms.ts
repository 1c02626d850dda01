import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { doubleSql } from '../double-sql.js';
import { typeKind } from '../type-kinds.js';
import { numberSql, presentSql } from './missing-mark.js';

/** Equal-width bins of a numeric or time column: bin i holds `low + i * width` up to the next. */
export interface Bins {
  readonly column: Column;
  readonly low: number;
  readonly width: number;
  readonly count: number;
}

/** A number or a moment (seconds since 1970) as DOUBLE. */
function positionSql(column: Column, dialect: Dialect): string {
  return typeKind(column.type) === 'time' ? dialect.epoch(column.id, column.type) : numberSql(column);
}

/** One row with the extremes `l<i>`, `h<i>` and the cells without a value `n<i>` of each column. */
export function extremes(relation: Relation, columns: readonly Column[], dialect: Dialect): Query {
  const parts = columns.flatMap((column, i) => {
    const finite = `${presentSql(column)} AND isfinite(${positionSql(column, dialect)})`;
    const nulls = `count(*) FILTER (WHERE NOT (${presentSql(column)})) AS n${i}`;
    if (!hasPosition(column)) return [nulls];
    const of = (f: string): string => `${f}(${positionSql(column, dialect)}) FILTER (WHERE ${finite})`;
    return [nulls, `${of('min')} AS l${i}`, `${of('max')} AS h${i}`];
  });
  return { sql: `SELECT count(*) AS n${parts.map((p) => `, ${p}`).join('')} FROM ${relation.name}` };
}

/** True for columns whose values lie on a line: numbers and moments. */
export function hasPosition(column: Column): boolean {
  const kind = typeKind(column.type);
  return kind === 'integer' || kind === 'float' || kind === 'decimal' || kind === 'time';
}

/** Counts by bin of several columns: `(place, bin, n)`, `place` the position in `all`; empty bins are absent. */
export function histograms(relation: Relation, all: readonly Bins[], dialect: Dialect): Query {
  const parts = all.map(({ column, low, width, count }, i) => {
    const position = positionSql(column, dialect);
    const bin =
      width > 0
        ? `least(CAST(floor((${position} - (${doubleSql(low)})) / ${doubleSql(width)}) AS BIGINT), ${count - 1})`
        : '0';
    return `SELECT ${i} AS place, ${bin} AS bin, count(*) AS n FROM ${relation.name}
      WHERE ${presentSql(column)} AND isfinite(${position}) GROUP BY bin`;
  });
  return { sql: `${parts.join(' UNION ALL ')} ORDER BY place, bin` };
}

/** The most frequent values of several columns as text: `(place, value, n)`, most frequent first, ties by text. */
export function topValues(relation: Relation, columns: readonly Column[], count: number): Query {
  const parts = columns.map(
    (
      { id },
      i,
    ) => `SELECT * FROM (SELECT ${i} AS place, CAST(${id} AS VARCHAR) AS value, count(*) AS n FROM ${relation.name}
      WHERE ${id} IS NOT NULL GROUP BY value ORDER BY n DESC, value LIMIT ${count})`,
  );
  return { sql: `${parts.join(' UNION ALL ')} ORDER BY place, n DESC, value` };
}
