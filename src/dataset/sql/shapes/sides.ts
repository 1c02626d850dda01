import type { Dialect } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';

/** Two sets of rows to compare: two relations, or the rows of one before and from a moment on, or without and with a value. */
export type Sides =
  | { readonly kind: 'relations'; readonly reference: Relation; readonly current: Relation }
  | {
      readonly kind: 'time';
      readonly relation: Relation;
      readonly time: Column;
      /** Start of the current side, seconds since 1970. */
      readonly from: number;
    }
  | {
      readonly kind: 'value';
      readonly relation: Relation;
      readonly by: Column;
      /** Text of the value of the current side; rows without a value are on neither. */
      readonly value: string;
    };

/** The relations the rows of the reference and the current side are in. */
export function relationsOf(sides: Sides): readonly [reference: Relation, current: Relation] {
  return sides.kind === 'relations' ? [sides.reference, sides.current] : [sides.relation, sides.relation];
}

/** The column whose cells say on which side a row is. */
function cutColumn(sides: Exclude<Sides, { kind: 'relations' }>): Column {
  return sides.kind === 'time' ? sides.time : sides.by;
}

/** True for rows of the current side; never unknown. Rows without a time are on neither side. */
export function isCurrentSql(sides: Sides, dialect: Dialect): string {
  if (sides.kind === 'relations') return 'true';
  if (sides.kind === 'value')
    return `coalesce(${dialect.asText(sides.by.id, sides.by.type)} = ${dialect.text(sides.value)}, false)`;
  return `coalesce(${dialect.since(sides.time.id, sides.time.type, sides.from)}, false)`;
}

/** A subquery `(side, expressions…)` of both sides: side 0 is the reference, 1 the current rows. */
export function bothSides(sides: Sides, expressions: readonly string[], dialect: Dialect): string {
  const list = expressions.map((e) => `, ${e}`).join('');
  if (sides.kind === 'relations') {
    const { reference, current } = sides;
    return `(SELECT 0 AS side${list} FROM ${reference.name} UNION ALL SELECT 1 AS side${list} FROM ${current.name})`;
  }
  const side = `CASE WHEN ${isCurrentSql(sides, dialect)} THEN 1 ELSE 0 END`;
  return `(SELECT ${side} AS side${list} FROM ${sides.relation.name} WHERE ${cutColumn(sides).id} IS NOT NULL)`;
}

/** `FROM … WHERE …` of the reference rows; a further condition can follow with AND. */
export function referenceRows(sides: Sides, dialect: Dialect): string {
  if (sides.kind === 'relations') return `FROM ${sides.reference.name} WHERE true`;
  return `FROM ${sides.relation.name} WHERE ${cutColumn(sides).id} IS NOT NULL AND NOT ${isCurrentSql(sides, dialect)}`;
}
