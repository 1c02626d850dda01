import type { Query, Scalar } from '../../../core/engine.js';
import type { Relation } from '../../../core/relation.js';

/** Tables of a stored file of findings: a defect, code and column that share a number, and what each row says besides. */
export interface FindingTables {
  /** `place` in the file, `g` of its group, and what differs from finding to finding. */
  readonly rows: string;
  /** `g, defect, code, column_name, n`: numbered from 1 in the order of these, with `n` findings each. */
  readonly groups: string;
}

/** Columns of a stored file that name its group, and those that differ within one, in the order of the file. */
const grouped = { defect: 'c3', code: 'c4', column_name: 'c5' };
const single = { row_key: 'c0', file: 'c1', file_row: 'c2', score: 'c6', suggestion: 'c7', args: 'c8' };

/** All there is to say of a finding, of its row `f` and its group `g`. */
const whole = [
  'f.place',
  ...Object.keys(single).map((name) => `f.${name}`),
  ...Object.keys(grouped).map((name) => `g.${name}`),
].join(', ');

/** {@link FindingTables.groups} of a stored file. */
export function groupsOfFindings(relation: Relation): Query {
  const named = Object.entries(grouped).map(([name, id]) => `${id} AS ${name}`);
  return {
    sql: `SELECT CAST(row_number() OVER (ORDER BY defect, code, column_name NULLS FIRST) AS INTEGER) AS g, *
      FROM (SELECT ${named.join(', ')}, count(*) AS n FROM ${relation.name} GROUP BY ALL)`,
  };
}

/** {@link FindingTables.rows} of a stored file whose groups are in a table. */
export function storedFindings(relation: Relation, groups: string): Query {
  const named = Object.entries(single).map(([name, id]) => `r.${id} AS ${name}`);
  const same = Object.entries(grouped).map(([name, id]) => `r.${id} IS NOT DISTINCT FROM g.${name}`);
  return {
    sql: `SELECT r.k AS place, g.g AS g, ${named.join(', ')} FROM ${relation.name} AS r
      JOIN ${groups} AS g ON ${same.join(' AND ')} ORDER BY place`,
  };
}

/** Which of the stored findings. */
export interface FindingFilter {
  readonly defect: string;
  readonly code?: string;
  readonly column?: string;
}

/** Groups that follow one another, and how many findings they hold. */
export interface FindingRange {
  readonly first: number;
  readonly last: number;
  readonly n: number;
}

/** Most ranges that a filter may leave: a column without a code has one for each code. */
export const mostRanges = 1000;

/** `first, last, n`: the ranges of groups that a filter leaves. */
export function findingRanges({ groups }: FindingTables, filter: FindingFilter): Query {
  return {
    sql: `SELECT min(g) AS first, max(g) AS last, CAST(sum(n) AS BIGINT) AS n
      FROM (SELECT g, n, g - row_number() OVER (ORDER BY g) AS run FROM ${groups} WHERE ${where(filter)})
      GROUP BY run ORDER BY first`,
    params: params(filter),
  };
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

/** `place, g`: the places of all findings, sorted; ties stand in the order of the file. */
export function findingOrder({ rows }: FindingTables, sort: FindingWindow['sort']): Query {
  const by = sort === 'score' ? 'score DESC' : 'row_key ASC';
  return { sql: `SELECT place, g FROM ${rows} ORDER BY ${by}, place` };
}

/** `place`: a window of a table of {@link findingOrder}, of these groups only, in the order it was laid out. */
export function placesOfOrder(order: string, ranges: readonly FindingRange[], window: FindingWindow): Query {
  const total = ranges.reduce((sum, { n }) => sum + n, 0);
  const forward = window.order === laidOut[window.sort];
  const end = forward ? window.offset + window.limit : total - window.offset;
  const start = Math.max(0, forward ? window.offset : end - window.limit);
  const within = ranges.map(({ first, last }) => `g BETWEEN ${Math.trunc(first)} AND ${Math.trunc(last)}`);
  return {
    sql: `SELECT place FROM ${order} WHERE ${within.join(' OR ')}
      LIMIT ${Math.max(0, Math.trunc(end - start))} OFFSET ${Math.trunc(start)}`,
  };
}

/** The findings at these places, in no order. */
export function storedAt({ rows, groups }: FindingTables, places: readonly bigint[]): Query {
  return {
    sql: `SELECT ${whole} FROM ${rows} AS f JOIN ${groups} AS g USING (g) WHERE place IN (${places.join(', ')})`,
  };
}

/** `code, column_name, n`: the largest groups of a defect's findings. */
export function findingSlices({ groups }: FindingTables, defect: string, limit: number): Query {
  return {
    sql: `SELECT code, column_name, n FROM ${groups} WHERE defect = $defect
      ORDER BY n DESC, code, column_name NULLS FIRST LIMIT ${Math.trunc(limit)}`,
    params: { defect },
  };
}

/** `bin, n`: findings of a defect by score, in `bins` equal parts of [0, 1]. */
export function findingScores({ rows, groups }: FindingTables, defect: string, bins: number): Query {
  return {
    sql: `SELECT CAST(least(greatest(floor(score * ${bins}), 0), ${bins - 1}) AS INTEGER) AS bin, count(*) AS n
      FROM ${rows} WHERE g IN (SELECT g FROM ${groups} WHERE defect = $defect) AND NOT isnan(score)
      GROUP BY bin ORDER BY bin`,
    params: { defect },
  };
}

/** What was found about one row, in the order of the file. */
export function findingsOfRow({ rows, groups }: FindingTables, key: bigint, limit: number): Query {
  return {
    sql: `SELECT ${whole} FROM ${rows} AS f JOIN ${groups} AS g USING (g) WHERE row_key = ${key}
      ORDER BY place LIMIT ${Math.trunc(limit)}`,
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

/** All columns of the rows of `relation` that the findings name, once each. */
export function flaggedRows({ rows }: FindingTables, relation: Relation): Query {
  return { sql: `SELECT * FROM ${relation.name} WHERE k IN (SELECT row_key FROM ${rows})` };
}
