import type { Query, Scalar } from '../../../core/engine.js';
import type { Relation } from '../../../core/relation.js';

/** The columns of a stored file of findings, in its order. */
const stored = ['row_key', 'file', 'file_row', 'defect', 'code', 'column_name', 'score', 'suggestion', 'args'];

/** Rows of a stored file of findings under their names, `place` being the order in the file. */
export function storedFindings(relation: Relation): Query {
  const named = stored.map((name, i) => `c${i} AS ${name}`).join(', ');
  return { sql: `SELECT k AS place, ${named} FROM ${relation.name} ORDER BY k` };
}

/** Which of the stored findings. */
export interface FindingFilter {
  readonly defect: string;
  readonly code?: string;
  readonly column?: string;
}

/** `n`: how many findings the filter leaves. */
export function findingCount(table: string, filter: FindingFilter): Query {
  return { sql: `SELECT count(*) AS n FROM ${table} WHERE ${where(filter)}`, params: params(filter) };
}

/** How a window of findings is sorted and cut. */
export interface FindingWindow {
  readonly sort: 'score' | 'row';
  readonly order: 'asc' | 'desc';
  readonly offset: number;
  readonly limit: number;
}

/** The order in which {@link findingOrder} lays findings out; the other one reads it from its end. */
export const laidOut: Readonly<Record<FindingWindow['sort'], FindingWindow['order']>> = { score: 'desc', row: 'asc' };

/** `place`: the places of the findings that the filter leaves, sorted; ties stand in the order of the file. */
export function findingOrder(table: string, filter: FindingFilter, sort: FindingWindow['sort']): Query {
  const by = sort === 'score' ? 'score DESC' : 'row_key ASC';
  return {
    sql: `SELECT place FROM ${table} WHERE ${where(filter)} ORDER BY ${by}, place`,
    params: params(filter),
  };
}

/** `place`: a window of a table of {@link findingOrder} with `total` rows, in the order it was laid out. */
export function placesOfOrder(order: string, total: number, window: FindingWindow): Query {
  const forward = window.order === laidOut[window.sort];
  const end = forward ? window.offset + window.limit : total - window.offset;
  const start = Math.max(0, forward ? window.offset : end - window.limit);
  return {
    sql: `SELECT place FROM ${order} LIMIT ${Math.max(0, Math.trunc(end - start))} OFFSET ${Math.trunc(start)}`,
  };
}

/** The findings at these places, in no order. */
export function storedAt(table: string, places: readonly bigint[]): Query {
  return { sql: `SELECT place, ${stored.join(', ')} FROM ${table} WHERE place IN (${places.join(', ')})` };
}

/** `code, column_name, n`: the largest groups of a defect's findings. */
export function findingSlices(table: string, defect: string, limit: number): Query {
  return {
    sql: `SELECT code, column_name, count(*) AS n FROM ${table} WHERE defect = $defect GROUP BY ALL
      ORDER BY n DESC, code, column_name NULLS FIRST LIMIT ${Math.trunc(limit)}`,
    params: { defect },
  };
}

/** `bin, n`: findings of a defect by score, in `bins` equal parts of [0, 1]. */
export function findingScores(table: string, defect: string, bins: number): Query {
  return {
    sql: `SELECT CAST(least(greatest(floor(score * ${bins}), 0), ${bins - 1}) AS INTEGER) AS bin, count(*) AS n
      FROM ${table} WHERE defect = $defect AND NOT isnan(score) GROUP BY bin ORDER BY bin`,
    params: { defect },
  };
}

/** What was found about one row, in the order of the file. */
export function findingsOfRow(table: string, key: bigint, limit: number): Query {
  return {
    sql: `SELECT ${stored.join(', ')} FROM ${table} WHERE row_key = ${key} ORDER BY place LIMIT ${Math.trunc(limit)}`,
  };
}

function where({ code, column }: FindingFilter): string {
  const parts = ['defect = $defect'];
  if (code !== undefined) parts.push('code = $code');
  if (column !== undefined) parts.push('column_name = $column');
  return parts.join(' AND ');
}

function params({ defect, code, column }: FindingFilter): Readonly<Record<string, Scalar>> {
  return { defect, ...(code === undefined ? {} : { code }), ...(column === undefined ? {} : { column }) };
}

/** All columns of the rows of `relation` that the table of findings names, once each. */
export function flaggedRows(table: string, relation: Relation): Query {
  return { sql: `SELECT * FROM ${relation.name} WHERE k IN (SELECT row_key FROM ${table})` };
}
