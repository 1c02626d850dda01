import type { Query } from '../../core/engine.js';
import type { Column, Relation } from '../../core/relation.js';
import type { Run } from '../../core/run.js';
import type { CleanedRows } from './manifest.js';
import { join } from 'node:path';
import { emptyRelation } from '../../dataset/sql/plan/files.js';
import { rowsOfRelationQuery, rowsOfTextsQuery } from '../../dataset/sql/plan/cleaned-files.js';

/** Cleaned rows that were written as text: `k` the place, columns as `c0` … . */
export function rowsQuery(rows: CleanedRows, folder: string, columns: readonly Column[], run: Run): Query {
  const { dialect } = run.engine;
  const files = filled(rows).map((file) => ({ ...file, path: join(folder, file.name) }));
  if (files.length === 0) return { sql: `SELECT * FROM ${emptyRelation(columns).name}` };
  return rowsOfTextsQuery(files, rows.format === 'csv' ? 'csv' : 'jsonl', columns, dialect);
}

/** Cleaned rows as a relation, and the one that lies behind it where there is one. */
export interface AttachedRows {
  readonly relation: Relation;
  readonly behind: Relation | null;
}

/** Attaches cleaned rows, `k` the place over all files. Text is parsed once, into a table of the engine. */
export async function attachRows(
  rows: CleanedRows,
  folder: string,
  columns: readonly Column[],
  run: Run,
): Promise<AttachedRows> {
  const { engine } = run;
  const files = filled(rows).map((file) => ({ ...file, path: join(folder, file.name) }));
  if (files.length === 0) return { relation: emptyRelation(columns), behind: null };
  const relation: Relation = {
    name: 'assay_cleaned_rows',
    columns: columns.map((c, i) => ({ id: `c${i}`, name: c.name, type: c.type })),
    rows: files.reduce((sum, file) => sum + file.rows, 0),
    split: false,
    hash: '',
  };
  if (rows.format === 'duckdb') {
    const names = columns.map((c) => c.name);
    await engine.load(files[0]!.path, rows.table!, names, relation.name, run);
    return { relation, behind: null };
  }
  if (rows.format !== 'parquet') {
    await engine.write(rowsQuery(rows, folder, columns, run), { kind: 'table', name: relation.name }, run);
    return { relation, behind: null };
  }
  const paths = files.map((file) => file.path);
  const { relation: behind } = await engine.attach({ files: paths, format: 'parquet', cache: folder }, run);
  // A single file without folders is the relation already.
  if (files.length === 1 && Object.keys(files[0]!.folders).length === 0) return { relation: behind, behind: null };
  const query = rowsOfRelationQuery(files, behind, columns, engine.dialect);
  await engine.write(query, { kind: 'view', name: relation.name }, run);
  return { relation, behind };
}

/** Files without rows say nothing, and Parquet without any row cannot be attached. */
function filled({ files }: CleanedRows): CleanedRows['files'] {
  return files.filter((file) => file.rows > 0);
}
