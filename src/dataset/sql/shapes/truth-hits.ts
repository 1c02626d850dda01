import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';

/** Rows of the truth that one mechanism damaged: `row` is the row of the file and so the key of the first file. */
export interface TruthRows {
  readonly truth: Relation;
  readonly defect: string;
  readonly mechanism: string;
}

/**
 * How many rows of `looked` the truth names (`units`), how many `flagged` names under one of the codes and columns
 * (`flagged`), and how many are in both (`hit`): one row.
 */
export function truthHits(
  { truth, defect, mechanism }: TruthRows,
  looked: Relation,
  flagged: { readonly relation: string; readonly codes: readonly string[]; readonly column: string | null } | null,
  dialect: Dialect,
): Query {
  const [row, by, how] = ['row', 'defect', 'mechanism'].map((name) => columnIn(truth, name).id);
  const planted = `SELECT DISTINCT t.${row!} AS k FROM ${truth.name} AS t JOIN ${looked.name} AS r ON r.k = t.${row!}
    WHERE t.${by!} = ${dialect.text(defect)} AND t.${how!} = ${dialect.text(mechanism)}`;
  return {
    sql: `WITH planted AS (${planted}), named AS (${flagged === null ? 'SELECT CAST(0 AS BIGINT) AS k WHERE false' : namedSql(flagged, dialect)})
      SELECT (SELECT count(*) FROM planted) AS units, (SELECT count(*) FROM named) AS flagged,
        (SELECT count(*) FROM planted JOIN named ON named.k = planted.k) AS hit`,
  };
}

function namedSql(
  flagged: { readonly relation: string; readonly codes: readonly string[]; readonly column: string | null },
  dialect: Dialect,
): string {
  const codes = flagged.codes.map((code) => dialect.text(code)).join(', ');
  const column = flagged.column === null ? '' : ` AND column_name = ${dialect.text(flagged.column)}`;
  return `SELECT DISTINCT k FROM ${flagged.relation} WHERE code IN (${codes})${column}`;
}

function columnIn(relation: Relation, name: string): Column {
  const column = relation.columns.find((one) => one.name === name);
  if (column === undefined) throw new Error(`the truth has no column ${name}`);
  return column;
}
