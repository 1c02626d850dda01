import type { Dialect, Query } from '../../../core/engine.js';
import type { Relation } from '../../../core/relation.js';

/** Which units of a relation an injection may damage, and in which order doses take them. */
export interface Drawing {
  /** Condition of an eligible row over internal ids; all rows where absent. */
  readonly where?: string;
  /** Order of the draw: lower comes first. A DOUBLE expression over internal ids, never null. */
  readonly draw: string;
  /** What each unit is set to, where units bring their own value. */
  readonly value?: string;
}

/** Eligible units `(k, copy, draw[, value])` of a relation, one a row. */
export function drawnUnits(relation: Relation, drawing: Drawing): Query {
  const value = drawing.value === undefined ? '' : `, ${drawing.value} AS value`;
  const where = drawing.where === undefined ? '' : ` WHERE ${drawing.where}`;
  return { sql: `SELECT k, CAST(0 AS INTEGER) AS copy, ${drawing.draw} AS draw${value} FROM ${relation.name}${where}` };
}

/** The first `count` units in draw order, ties by key, with the named columns of values and without their draw. */
export function firstUnits(units: string, count: number, values: readonly string[]): Query {
  return { sql: `SELECT ${['k', 'copy', ...values].join(', ')} FROM ${units} ORDER BY draw, k LIMIT ${count}` };
}

/**
 * A draw without replacement in which a row of weight w comes w times as early: -ln(u) / w (Efraimidis and Spirakis
 * 2006, Weighted random sampling with a reservoir). Prefixes of it nest.
 */
export function weightedDraw(seed: string, weight: string, dialect: Dialect): string {
  return `(-ln(1 - ${dialect.uniform(seed, 'k')}) / ${weight})`;
}
