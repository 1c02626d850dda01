import type { TableName } from '../../core/engine.js';
import type { Run } from '../../core/run.js';
import { AssayError } from '../../core/errors.js';

/** The tables of a cleaning on a server. */
export interface Target {
  readonly cleaned: TableName;
  readonly quarantine: TableName;
  /** Made only where a column of the source is dropped. */
  readonly quarantineColumns: TableName;
  readonly changes: TableName;
}

/**
 * Where a cleaning of `source` goes: beside it as `<table>_clean`, or where `asked` says, a table of the same database or
 * `DATABASE.TABLE`. The other tables have the same name with an ending.
 */
export function targetOf(source: TableName, asked: string | undefined): Target {
  const [, database, table] = /^(?:([^.]+)\.)?([^.]+)$/.exec(asked ?? `${source.table}_clean`) ?? [];
  if (asked !== undefined && (table === undefined || table.trim() === '' || asked.includes('\0')))
    throw new AssayError('option-invalid', { option: '--table', value: asked, expected: 'TABLE or DATABASE.TABLE' });
  // A source may have a point in its name, which only its own name can have.
  const cleaned = table ?? `${source.table}_clean`;
  const named = (ending: string): TableName => ({ database: database ?? source.database, table: cleaned + ending });
  return {
    cleaned: named(''),
    quarantine: named('_quarantine'),
    quarantineColumns: named('_quarantine_columns'),
    changes: named('_changes'),
  };
}

/** A table as people write it. */
export function nameOf({ database, table }: TableName): string {
  return `${database}.${table}`;
}

/** @throws AssayError `table-exists` where one of the tables is there already. */
export async function refuseTaken(target: Target, run: Run): Promise<void> {
  const [taken] = await run.engine.tables!.present(Object.values(target) as readonly TableName[], run);
  if (taken !== undefined) throw new AssayError('table-exists', { table: nameOf(taken) });
}
