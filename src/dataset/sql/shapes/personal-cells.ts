import type { Dialect, Query } from '../../../core/engine.js';
import type { PersonalKind } from '../../../core/personal-kinds.js';
import type { Column, Relation } from '../../../core/relation.js';
import { typeKind } from '../type-kinds.js';

/** Cells of a column that look like a kind of personal data. */
export interface PersonalCells {
  readonly column: Column;
  readonly kind: PersonalKind;
}

/** One row: characters `l<i>` of the longest text of each column, or digits of its longest whole number and their sign. */
export function longestCells(relation: Relation, columns: readonly Column[], dialect: Dialect): Query {
  const longest = columns.map(({ id, type }, i) => {
    if (typeKind(type) === 'text') return `max(length(${id})) AS l${i}`;
    const [low, high] = ['min', 'max'].map((end) => `length(${dialect.asText(`${end}(${id})`, type)})`);
    return `greatest(${low}, ${high}) AS l${i}`;
  });
  return { sql: `SELECT ${longest.join(', ')} FROM ${relation.name}` };
}

/**
 * One row: for the i-th of `looked`, the cells of the shape `s<i>`, those that also pass the check of the kind `n<i>`,
 * and the least of these as text `e<i>`.
 */
export function personalCounts(relation: Relation, looked: readonly PersonalCells[], dialect: Dialect): Query {
  // Named once below, so that no pattern is looked for twice.
  const hits = looked.map(
    ({ column, kind }, i) =>
      `CASE WHEN ${personalSql({ column, kind }, dialect)} THEN ${dialect.asText(column.id, column.type)} END AS x${i}`,
  );
  const parts = looked.map(({ column, kind }, i) => {
    const shaped =
      kind.luhn === undefined ? `count(x${i})` : `count(*) FILTER (WHERE ${shapeSql(column, kind, dialect)})`;
    return `${shaped} AS s${i}, count(x${i}) AS n${i}, min(x${i}) AS e${i}`;
  });
  return { sql: `SELECT ${parts.join(', ')} FROM (SELECT *, ${hits.join(', ')} FROM ${relation.name}) AS r` };
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
