import type { Dialect } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';

/** Two sets of rows to compare: two relations, or the rows of one before and from a moment on. */
export type Sides =
  | { readonly kind: 'relations'; readonly reference: Relation; readonly current: Relation }
  | {
      readonly kind: 'time';
      readonly relation: Relation;
      readonly time: Column;
      /** Start of the current side, seconds since 1970. */
      readonly from: number;
    };

/** True for rows of the current side; never unknown. Rows without a time are on neither side. */
export function isCurrentSql(sides: Sides, dialect: Dialect): string {
  if (sides.kind === 'relations') return 'true';
  return `coalesce(${dialect.since(sides.time.id, sides.time.type, sides.from)}, false)`;
}

/** A subquery `(side, expressions…)` of both sides: side 0 is the reference, 1 the current rows. */
export function bothSides(sides: Sides, expressions: readonly string[], dialect: Dialect): string {
  const list = expressions.map((e) => `, ${e}`).join('');
  if (sides.kind === 'relations') {
    const { reference, current } = sides;
    return `(SELECT 0 AS side${list} FROM ${reference.name} UNION ALL SELECT 1 AS side${list} FROM ${current.name})`;
  }
  const { relation, time } = sides;
  const side = `CASE WHEN ${isCurrentSql(sides, dialect)} THEN 1 ELSE 0 END`;
  return `(SELECT ${side} AS side${list} FROM ${relation.name} WHERE ${time.id} IS NOT NULL)`;
}

/** `FROM … WHERE …` of the reference rows; a further condition can follow with AND. */
export function referenceRows(sides: Sides, dialect: Dialect): string {
  if (sides.kind === 'relations') return `FROM ${sides.reference.name} WHERE true`;
  const { relation, time } = sides;
  return `FROM ${relation.name} WHERE ${time.id} IS NOT NULL AND NOT ${isCurrentSql(sides, dialect)}`;
}
