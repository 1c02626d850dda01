import type { Dialect, Query } from '../../../core/engine.js';
import type { Relation } from '../../../core/relation.js';
import { columnAt } from '../plan/files.js';

/** Which entries of a log of changes, and how many of them. */
export interface ChangeWindow {
  /** Numbers of the steps; whole numbers. */
  readonly steps: readonly number[];
  /** `most`: numbers that moved furthest first; `random`: in an order drawn from the row keys; `row`: in file order. */
  readonly sort: 'most' | 'random' | 'row';
  readonly offset: number;
  readonly limit: number;
}

/** `n`: entries of these steps. */
export function changeCount(log: Relation, steps: readonly number[]): Query {
  return { sql: `SELECT count(*) AS n FROM ${log.name} WHERE ${ofSteps(log, steps)}` };
}

/** `row_key, copy, verb, column_name, before, after`: a window of the entries, values as text. */
export function changePage(log: Relation, window: ChangeWindow, dialect: Dialect): Query {
  const [key, copy, verb, column] = ['row_key', 'copy', 'verb', 'column'].map((name) => columnAt(log, name));
  const [before, after] = [sideSql(log, 'old_'), sideSql(log, 'new_')];
  const far = `abs(TRY_CAST(after AS DOUBLE) - TRY_CAST(before AS DOUBLE)) DESC NULLS LAST, `;
  const drawn = `${dialect.uniform('changes', 'row_key')}, `;
  const by = window.sort === 'most' ? far : window.sort === 'random' ? drawn : '';
  return {
    sql: `SELECT row_key, copy, verb, column_name, before, after FROM (
      SELECT ${key} AS row_key, ${copy} AS copy, ${verb} AS verb, ${column} AS column_name, ${before} AS before,
        ${after} AS after FROM ${log.name} WHERE ${ofSteps(log, window.steps)}
    ) AS c ORDER BY ${by}row_key, copy, verb, column_name LIMIT ${Math.trunc(window.limit)} OFFSET ${Math.trunc(window.offset)}`,
  };
}

/** The one value of an entry that is not null, whatever its type. */
function sideSql({ columns }: Relation, start: 'old_' | 'new_'): string {
  const texts = columns.filter((c) => c.name.startsWith(start)).map((c) => `left(CAST(${c.id} AS VARCHAR), 500)`);
  return texts.length === 0 ? 'CAST(NULL AS VARCHAR)' : `coalesce(${texts.join(', ')})`;
}

/** No step has the number -1. */
function ofSteps(log: Relation, steps: readonly number[]): string {
  return `${columnAt(log, 'step')} IN (${[-1, ...steps.map(Math.trunc)].join(', ')})`;
}
