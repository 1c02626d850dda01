import type { Call, Engine, Query } from '../../../../src/core/engine.js';
import type { Relation } from '../../../../src/core/relation.js';
import type { Roles, Study } from '../../../../src/core/study.js';
import type { OracleTable } from './apply.js';
import type { Case } from './generate.js';
import type { Cell } from './cells.js';
import { cellSql, showSql } from './cells.js';
import { sourceHash } from './generate.js';
import { noRoles } from '../../../../src/core/study.js';

/** Puts the table of a case and its keyed lists into an engine, as a study. */
export async function studyOf(engine: Engine, { table, lists, listTypes }: Case, call: Call): Promise<Study> {
  const whole = await relationOf(engine, table, call);
  for (const [name, list] of lists) {
    const type = listTypes.get(name) ?? null;
    const rows = [...list].map(([key, cell]) => [...key.split('/'), ...(type === null ? [] : [cellSql(type, cell)])]);
    const heads = ['k', 'copy', ...(type === null ? [] : ['value'])];
    const types = ['BIGINT', 'INTEGER', ...(type === null ? [] : [type])];
    await engine.write(valuesQuery(heads, types, rows), { kind: 'table', name }, call);
  }
  const column = (id: number | null) => (id === null ? null : whole.columns[id]!);
  const label = column(table.label);
  const roles: Roles = {
    ...noRoles,
    label: label === null ? null : { column: label, positive: '1', negative: '0' },
    weight: column(table.weight),
  };
  const files = [{ role: 'train', name: 'train.parquet', rows: whole.rows, rejected: 0 } as const];
  return { files, whole, train: whole, evaluation: null, test: null, reference: null, roles, split: null };
}

async function relationOf(engine: Engine, table: OracleTable, call: Call): Promise<Relation> {
  const split = table.rows.some((r) => r.part !== null);
  const columns = table.columns.map((c) => ({ id: `c${c.id}`, name: c.name, type: c.type }));
  const heads = ['k', ...(split ? ['part'] : []), ...columns.map((c) => c.id)];
  const types = ['BIGINT', ...(split ? ['TINYINT'] : []), ...columns.map((c) => c.type)];
  const rows = table.rows.map((r) => [
    String(r.k),
    ...(split ? [String(r.part)] : []),
    ...table.columns.map((c) => cellSql(c.type, r.cells.get(c.id) as Cell)),
  ]);
  await engine.write(valuesQuery(heads, types, rows), { kind: 'table', name: 'source_table' }, call);
  return { name: 'source_table', columns, rows: rows.length, split, hash: sourceHash };
}

/** Rows of SQL expressions as a query; possibly none. */
function valuesQuery(heads: readonly string[], types: readonly string[], rows: readonly (readonly string[])[]): Query {
  const typed = (values: readonly string[]): string =>
    `SELECT ${values.map((v, i) => `CAST(${v} AS ${types[i]}) AS ${heads[i]}`).join(', ')}`;
  const none = `${typed(heads.map(() => 'NULL'))} WHERE false`;
  return { sql: [none, ...rows.map(typed)].join(' UNION ALL ') };
}

/** Values as text, every bit of them: `order` columns first, then one text a column. */
export async function showRows(
  engine: Engine,
  query: Query,
  columns: readonly { readonly id: string; readonly type: string }[],
  order: readonly string[],
  call: Call,
): Promise<readonly { key: readonly string[]; cells: readonly (string | null)[] }[]> {
  const values = columns.map((c, i) => `${showSql(c.type, `r.${c.id}`)} AS v${i}`);
  const sql = `SELECT ${[...order.map((o) => `r.${o}`), ...values].join(', ')} FROM (${query.sql}) AS r ORDER BY ${order.map((o) => `r.${o}`).join(', ')}`;
  const rows = await engine.rows({ sql }, 100_000, call);
  return rows.map((row) => ({
    key: order.map((o) => String(row[o])),
    cells: columns.map((_, i) => row[`v${i}`] as string | null),
  }));
}
