import type { Dialect, Query } from '../../../core/engine.js';
import type { PersonalKind } from '../../../core/personal-kinds.js';
import type { Column, Relation } from '../../../core/relation.js';
import { typeKind } from '../type-kinds.js';

/** Cells of a column that look like a kind of personal data. */
export interface PersonalCells {
  readonly column: Column;
  readonly kind: PersonalKind;
}

/**
 * One row: for the i-th of `looked`, the cells of the shape `s<i>`, those that also pass the check of the kind `n<i>`,
 * and the least of these as text `e<i>`.
 */
export function personalCounts(relation: Relation, looked: readonly PersonalCells[], dialect: Dialect): Query {
  const parts = looked.flatMap(({ column, kind }, i) => {
    const hit = personalSql({ column, kind }, dialect);
    return [
      `count(*) FILTER (WHERE ${shapeSql(column, kind, dialect)}) AS s${i}`,
      `count(*) FILTER (WHERE ${hit}) AS n${i}`,
      `min(${dialect.asText(column.id, column.type)}) FILTER (WHERE ${hit}) AS e${i}`,
    ];
  });
  return { sql: `SELECT ${parts.join(', ')} FROM ${relation.name}` };
}

/** The cells in the form of `Flagged`, under the code `pii.<kind>`. */
export function personalCells(relation: Relation, found: readonly PersonalCells[], dialect: Dialect): Query {
  const parts = found.map(
    ({
      column,
      kind,
    }) => `SELECT k, ${dialect.text(`pii.${kind.name}`)} AS code, ${dialect.text(column.name)} AS column_name,
      CAST(1 AS DOUBLE) AS score, CAST(NULL AS VARCHAR) AS suggestion, '{}' AS args
      FROM ${relation.name} WHERE ${personalSql({ column, kind }, dialect)}`,
  );
  return { sql: parts.join(' UNION ALL ') };
}

/** Whether a cell holds the kind; never unknown. */
export function personalSql({ column, kind }: PersonalCells, dialect: Dialect): string {
  const shape = shapeSql(column, kind, dialect);
  if (kind.luhn === undefined) return shape;
  const digits = dialect.replace(dialect.extract(dialect.asText(column.id, column.type), kind.pattern), '[ -]', '');
  return `(CASE WHEN ${shape} THEN ${dialect.luhn(digits)} ELSE false END)`;
}

/** The branches of a CASE are worked out for the rows that reach them only, those of an AND for all. */
function shapeSql(column: Column, kind: PersonalKind, dialect: Dialect): string {
  const match = dialect.matches(dialect.asText(column.id, column.type), kind.pattern);
  return `(CASE WHEN ${longEnough(column, kind)} THEN ${match} ELSE false END)`;
}

function longEnough({ id, type }: Column, { least }: PersonalKind): string {
  if (typeKind(type) === 'text') return `length(${id}) >= ${least}`;
  const bound = 10n ** BigInt(least - 1);
  return type.startsWith('U') ? `${id} >= ${bound}` : `(${id} >= ${bound} OR ${id} <= -${bound})`;
}
