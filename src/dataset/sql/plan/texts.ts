import type { Dialect, Query } from '../../../core/engine.js';
import type { TypeName } from '../../../core/plan.js';
import type { Column, Relation, TextColumn } from '../../../core/relation.js';
import type { Compiled, Pair } from './compiled.js';
import type { Original } from './original.js';
import { printed } from '../print-form.js';
import { columnAt } from './files.js';
import { entriesSql } from './original.js';
import { typeSuffix } from './type-names.js';

/** Reading a text file is step 0: a cast of every column from text, before the first step of any plan. */
export const readStep = 0;

/**
 * The change log with step 0 before the others: an entry for each cell whose value does not print back to its text,
 * `old` the text and `new` the value.
 */
export function withReadStep(
  compiled: Compiled,
  relation: Relation,
  dialect: Dialect,
): { readonly changes: Query; readonly pairs: readonly Pair[] } {
  const { changes, pairs } = compiled;
  const { texts } = relation;
  if (texts === undefined || texts.name === null) return { changes, pairs };
  const lossy = texts.columns.filter((c) => c.entries > 0);
  if (lossy.length === 0) return { changes, pairs };
  const all = withPairs(pairs, ['VARCHAR', ...lossy.map((c) => typeIn(relation, c))]);
  const names = lossy.map((c) => `WHEN ${dialect.text(c.id)} THEN ${dialect.text(nameIn(relation, c))}`);
  const values = all.flatMap((p) => [
    p.type === 'VARCHAR' ? `t.text AS ${p.old}` : nulls(p)[0],
    `${newValue(p.type, relation, lossy, dialect)} AS ${p.new}`,
  ]);
  const read = `SELECT t.k AS row_key, CAST(0 AS INTEGER) AS copy, CAST(${readStep} AS INTEGER) AS step, 'read' AS verb,
CASE t.id ${names.join(' ')} END AS "column", 'text' AS code, ${values.join(', ')} FROM ${texts.name} AS t WHERE t.id IN (${lossy.map((c) => dialect.text(c.id)).join(', ')})`;
  const columns = ['row_key', 'copy', 'step', 'verb', '"column"', 'code'].map((c) => `l.${c}`);
  const own = all.flatMap((p) => (pairs.includes(p) ? [`l.${p.old}`, `l.${p.new}`] : nulls(p)));
  const rest = `SELECT ${[...columns, ...own].join(', ')} FROM (${changes.sql}) AS l`;
  return {
    changes: { ...changes, sql: `${read}\nUNION ALL ${rest}` },
    pairs: all,
  };
}

/** The relation without the texts of some columns: cells that are set for good must not lie in the log as they were. */
export function withoutTexts(relation: Relation, ids: ReadonlySet<string>): Relation {
  const { texts } = relation;
  if (texts === undefined || ids.size === 0) return relation;
  return {
    ...relation,
    texts: { ...texts, columns: texts.columns.map((c) => (ids.has(c.id) ? { ...c, entries: 0 } : c)) },
  };
}

/** Every source cell as the text it was read from: `k` and the columns by id. */
export function textsQuery(
  original: Original,
  columns: readonly Column[],
  texts: readonly TextColumn[],
  changes: Relation,
  pairs: readonly Pair[],
  as: 'cells' | 'json',
  dialect: Dialect,
): Original {
  const joins: string[] = [];
  const values = columns.map((column) => {
    const told = texts.find((t) => t.id === column.id);
    const value = `o.${column.id}`;
    if (told === undefined)
      return as === 'json' ? `${value} AS ${column.id}` : `CAST(${value} AS VARCHAR) AS ${column.id}`;
    const read = told.type === column.type ? value : `TRY_CAST(${value} AS ${told.type})`;
    const print = printed(read, told.type, told.form);
    const text =
      told.entries === 0 ? print : `CASE WHEN e_${column.id}.k IS NOT NULL THEN e_${column.id}.value ELSE ${print} END`;
    if (told.entries > 0) joins.push(joinSql(column, changes, pairs, dialect));
    return `${as === 'json' && told.json ? `CAST(${text} AS JSON)` : text} AS ${column.id}`;
  });
  return {
    inOrder: original.inOrder && joins.length === 0,
    sql: `SELECT ${['o.k AS k', ...values].join(', ')} FROM (${original.sql}) AS o${joins.join('')}`,
  };
}

function joinSql(column: Column, changes: Relation, pairs: readonly Pair[], dialect: Dialect): string {
  const old = pairs.find((p) => p.type === 'VARCHAR')!.old;
  const entries = `${entriesSql(changes, readStep, old)} AND ${columnAt(changes, 'column')} = ${dialect.text(column.name)}`;
  return ` LEFT JOIN (${entries}) AS e_${column.id} ON e_${column.id}.k = o.k`;
}

/** The pairs of the plan, then those of other types that reading touched. */
function withPairs(pairs: readonly Pair[], types: readonly TypeName[]): readonly Pair[] {
  const more = [...new Set(types)].filter((type) => !pairs.some((p) => p.type === type));
  return [...pairs, ...more.map((type) => ({ type, old: `old_${typeSuffix(type)}`, new: `new_${typeSuffix(type)}` }))];
}

function nulls({ type, old, new: now }: Pair): [string, string] {
  return [`CAST(NULL AS ${type}) AS ${old}`, `CAST(NULL AS ${type}) AS ${now}`];
}

/** The value that the text was read as: a cell that holds blanks only became null, as a cast has it. */
function newValue(type: TypeName, relation: Relation, lossy: readonly TextColumn[], dialect: Dialect): string {
  const cases = lossy
    .filter((c) => typeIn(relation, c) === type)
    .map((c) => {
      const source = c.type.endsWith('[]') ? 'CAST(t.text AS JSON)' : 't.text';
      return `WHEN t.id = ${dialect.text(c.id)} THEN CAST(TRY_CAST(${source} AS ${c.type}) AS ${type})`;
    });
  return cases.length === 0 ? `CAST(NULL AS ${type})` : `CASE ${cases.join(' ')} END`;
}

function typeIn(relation: Relation, { id, type }: TextColumn): TypeName {
  return relation.columns.find((c) => c.id === id)?.type ?? type;
}

function nameIn(relation: Relation, { id }: TextColumn): string {
  return relation.columns.find((c) => c.id === id)?.name ?? id;
}
