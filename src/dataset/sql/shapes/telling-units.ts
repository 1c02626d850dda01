import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import type { Label } from '../../../core/study.js';
import { labelSql } from '../label.js';
import { presentSql } from './missing-mark.js';

/** Labelled rows with a value that only who knows the label can write: above all numbers of the column for positives, below for negatives. */
export function afterEventUnits(
  relation: Relation,
  column: Column,
  label: Label,
  seed: string,
  dialect: Dialect,
): Query {
  const u = dialect.uniform(`${seed}/value`, 'k');
  const ends = `SELECT min(${column.id}) AS low, max(${column.id}) AS high FROM ${relation.name} WHERE ${presentSql(column)}`;
  return {
    sql: `SELECT k, CAST(0 AS INTEGER) AS copy, ${dialect.uniform(seed, 'k')} AS draw,
      CAST(CASE WHEN ${labelSql(label, dialect)} = 1 THEN ends.high + ${u} ELSE ends.low - ${u} END AS ${column.type}) AS value
      FROM ${relation.name}, (${ends}) AS ends WHERE ${column.id} IS NOT NULL AND ${labelSql(label, dialect)} IS NOT NULL`,
  };
}

/** Labelled rows with the rate of positives of their unit, their own label included. */
export function unitRateUnits(
  relation: Relation,
  column: Column,
  label: Label,
  unit: Column,
  seed: string,
  dialect: Dialect,
): Query {
  return {
    sql: `SELECT k, CAST(0 AS INTEGER) AS copy, ${dialect.uniform(seed, 'k')} AS draw,
      CAST(avg(${labelSql(label, dialect)}) OVER (PARTITION BY ${unit.id}) AS ${column.type}) AS value
      FROM ${relation.name} WHERE ${labelSql(label, dialect)} IS NOT NULL AND ${unit.id} IS NOT NULL`,
  };
}

/** Negative rows in which a column holds a value. */
export function negativeUnits(
  relation: Relation,
  label: Label,
  column: Column | null,
  seed: string,
  dialect: Dialect,
): Query {
  const held = column === null ? '' : ` AND ${presentSql(column)}`;
  return {
    sql: `SELECT k, CAST(0 AS INTEGER) AS copy, ${dialect.uniform(seed, 'k')} AS draw
      FROM ${relation.name} WHERE coalesce(${labelSql(label, dialect)} = 0, false)${held}`,
  };
}

/** As many negative rows, drawn at random, as there are more of them than positives. */
export function surplusNegatives(relation: Relation, label: Label, seed: string, dialect: Dialect): Query {
  const y = labelSql(label, dialect);
  const surplus = `SELECT count(*) FILTER (WHERE ${y} = 0) - count(*) FILTER (WHERE ${y} = 1) FROM ${relation.name}`;
  const { sql } = negativeUnits(relation, label, null, seed, dialect);
  return {
    sql: `SELECT k, copy, draw FROM (SELECT *, row_number() OVER (ORDER BY draw, k) AS place FROM (${sql})) WHERE place <= (${surplus})`,
  };
}
