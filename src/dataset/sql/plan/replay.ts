import type { Query } from '../../../core/engine.js';
import type { Step } from '../../../core/plan.js';
import type { Relation, RowKey } from '../../../core/relation.js';
import type { Compiled, CompileOptions } from './compiled.js';
import { Part } from '../../../core/relation.js';
import { comparison } from './expressions.js';
import { columnAt } from './files.js';
import { literalSql } from './literals.js';
import { refuseStep } from './refuse.js';
import { canonicalType } from './type-names.js';

/** Entries of the changes of a plan by step, before anything is written: `step, entries`. */
export function hitsQuery(changes: Query): Query {
  return { sql: `SELECT step, count(*) AS entries FROM (${changes.sql}) AS c GROUP BY step ORDER BY step` };
}

/**
 * Values a cast or lookup was not made for, in the state before it: `rows, levels, example`. Null for other steps,
 * which take any value.
 */
export function unfitQuery(step: Step, before: Compiled, o: CompileOptions): Query | null {
  if (step.verb !== 'cast-column' && !(step.verb === 'map-column' && 'lookup' in step)) return null;
  const column = before.columns.find((c) => c.name === step.column);
  if (column === undefined) return null;
  const value = `r.${column.id}`;
  const unfit = `${value} IS NOT NULL AND ${unfitSql(step, value, column.type, o)}`;
  const text = `CAST(${value} AS VARCHAR)`;
  return {
    sql: `SELECT count(*) AS rows, count(DISTINCT ${text}) AS levels, min(${text}) AS example FROM (${before.result.sql}) AS r WHERE ${unfit}`,
  };
}

function unfitSql(
  step: Extract<Step, { verb: 'cast-column' | 'map-column' }>,
  value: string,
  type: string,
  o: CompileOptions,
): string {
  if (step.verb === 'cast-column') return `TRY_CAST(${value} AS ${canonicalType(step.to)}) IS NULL`;
  if (!('lookup' in step)) return 'false';
  const refuse = refuseStep(step.id);
  const known = step.lookup.map(([key]) => {
    const { sql } = literalSql(key, o.dialect, refuse);
    return comparison('=', { sql: value, type }, { sql, type: canonicalType(key.type), constant: 'value' }, refuse);
  });
  return known.length === 0 ? 'true' : `NOT (${known.join(' OR ')})`;
}

/** The rows of `relation` with some set apart, so that row steps do not touch them; feature steps do. */
export function setApartQuery(relation: Relation, keys: readonly RowKey[]): Query {
  const apart = `CASE WHEN k IN (${keys.join(', ')}) THEN ${Part.leftOut} ELSE ${Part.train} END`;
  return { sql: `SELECT *, CAST(${apart} AS TINYINT) AS part FROM ${relation.name}` };
}

/** A keyed list kept beside a recipe, as steps read it: `k, copy[, value]`. */
export function storedListQuery(file: Relation, withValue: boolean): Query {
  const value = withValue ? `, ${columnAt(file, 'value')} AS value` : '';
  return {
    sql: `SELECT ${columnAt(file, 'row_key')} AS k, ${columnAt(file, 'copy')} AS copy${value} FROM ${file.name}`,
  };
}
