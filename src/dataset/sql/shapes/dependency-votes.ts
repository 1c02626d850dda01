import type { Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';

/** A column that determines the voted one in most rows, and in how many it does not. */
export interface Determinant {
  readonly column: Column;
  /** Share of rows that contradict it, in [0, 1). */
  readonly error: number;
}

/** Groups that vote: so many rows of one value, of which such a share agrees. */
export const minGroup = 3;
const majority = 0.6;
/** Weights are whole millionths: sums of floats would differ with the number of threads. */
const unit = 1_000_000;

/** A value that more rows of a group than this, and more than this share of it, hold is no slip there. */
export const slipRows = 1;
export const slipShare = 0.1;

/**
 * Cells of `voted` that the groups of its determinants contradict by more weight than support it: `(k, con, sup, v<i>,
 * w<i>)`, `v<i>` the majority of the row's group under determinant i and `w<i>` its weight, null where it does not vote. A
 * group votes against values that hardly any of its rows hold, and against nulls.
 */
export function contradictedCells(relation: Relation, voted: Column, determinants: readonly Determinant[]): Query {
  const joins = determinants.map(({ column, error }, i) => {
    const on = `r.${column.id} = g${i}.a AND r.${voted.id} IS NOT DISTINCT FROM g${i}.b`;
    return `LEFT JOIN (${verdicts(relation, column, voted, error)}) AS g${i} ON ${on}`;
  });
  const sum = (of: (i: number) => string): string =>
    determinants.map((_, i) => `CASE WHEN ${of(i)} THEN g${i}.w ELSE 0 END`).join(' + ');
  const votes = determinants.map((_, i) => `g${i}.v AS v${i}, g${i}.w AS w${i}`).join(', ');
  const contra = sum((i) => `g${i}.b IS DISTINCT FROM g${i}.v`);
  const pro = sum((i) => `g${i}.b = g${i}.v`);
  return {
    sql: `SELECT * FROM (SELECT r.k, ${contra} AS con, ${pro} AS sup, ${votes} FROM ${relation.name} AS r ${joins.join(' ')}) WHERE con > sup`,
  };
}

/** What each group says of each value its rows hold: `(a, b, v, w)`, the group, the value, the majority, the weight. */
function verdicts(relation: Relation, by: Column, voted: Column, error: number): string {
  const slip = `(b IS NULL OR n <= greatest(${slipRows}, ${slipShare} * t))`;
  return `SELECT a, b, v, CAST(round(${unit * (1 - error)} * m / t) AS BIGINT) AS w FROM (
    SELECT a, b, n, sum(n) OVER (PARTITION BY a) AS t, max(n) OVER (PARTITION BY a) AS m,
      first_value(b) OVER (PARTITION BY a ORDER BY n DESC, b NULLS LAST) AS v
    FROM (SELECT ${by.id} AS a, ${voted.id} AS b, count(*) AS n FROM ${relation.name} WHERE ${by.id} IS NOT NULL GROUP BY ${by.id}, ${voted.id}))
    WHERE v IS NOT NULL AND t >= ${minGroup} AND m >= ${majority} * t AND (b = v OR ${slip})`;
}

/** The cells of a table of {@link contradictedCells} with the value of most weight: `(k, place, code, score, suggestion)`. */
export function votedValues(table: string, determinants: number, place: number, code: string): Query {
  const votes = Array.from({ length: determinants }, (_, i) => {
    return `SELECT k, con, sup, v${i} AS v, w${i} AS w FROM ${table} WHERE v${i} IS NOT NULL`;
  });
  return {
    sql: `SELECT k, CAST(${place} AS INTEGER) AS place, '${code}' AS code, round(CAST(con AS DOUBLE) / (con + sup), 6) AS score, v AS suggestion FROM (
      SELECT k, con, sup, v, row_number() OVER (PARTITION BY k ORDER BY sum(w) DESC, v) AS one
      FROM (${votes.join(' UNION ALL ')}) GROUP BY k, con, sup, v) WHERE one = 1`,
  };
}
