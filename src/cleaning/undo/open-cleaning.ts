import type { Relation } from '../../core/relation.js';
import type { Run } from '../../core/run.js';
import type { CleaningTables, Trace } from '../../dataset/sql/plan/original.js';
import type { Manifest } from '../files/manifest.js';
import { join } from 'node:path';
import { AssayError } from '../../core/errors.js';
import { emptyRelation, logColumns } from '../../dataset/sql/plan/files.js';
import { attachOwn } from '../files/attach-own.js';
import { attachRows } from '../files/read-rows.js';
import { fileNames } from '../files/manifest.js';
import { stampOf } from '../files/stamp.js';

/** The data files of a cleaning, and a relation that lies behind one of them. */
export interface OpenCleaning extends CleaningTables {
  readonly behind: Relation | null;
}

/**
 * Opens the data files of a cleaning. Each must be, byte for byte, the file that was written: the rows of
 * `cleaned.parquet` carry no keys, so re-sorted or edited ones cannot be told apart.
 * @throws AssayError `undo-refused` where a file differs.
 */
export async function openCleaning(folder: string, manifest: Manifest, run: Run): Promise<OpenCleaning> {
  const { counts, source } = manifest;
  const key = [
    { name: 'file', type: 'INTEGER' },
    { name: 'row', type: 'BIGINT' },
    { name: 'copy', type: 'INTEGER' },
  ];
  const dropped = source.columns.filter((c) => manifest.dropped.includes(c.id));
  const open = async (name: string, rows: number, columns: Parameters<typeof emptyRelation>[0]): Promise<Relation> => {
    const path = join(folder, name);
    await checkUnchanged(path, name, manifest, run);
    return rows === 0 ? emptyRelation(columns) : attachOwn(path, folder, run);
  };
  const rows = manifest.rows ?? {
    format: 'parquet',
    files: [{ name: fileNames.cleaned, rows: counts.cleaned, folders: {} }],
  };
  for (const { name } of rows.files) await checkUnchanged(join(folder, name), name, manifest, run);
  const cleaned = await attachRows(rows, folder, manifest.cleaned, run);
  return {
    cleaned: cleaned.relation,
    behind: cleaned.behind,
    quarantine: await open(fileNames.quarantine, counts.quarantine, [...key, ...source.columns]),
    quarantineColumns:
      dropped.length === 0
        ? null
        : await open(fileNames.quarantineColumns, counts.cleaned - counts.copies, [...key, ...dropped]),
    changes: await open(fileNames.changes, counts.changes, logColumns(manifest.pairs)),
  };
}

/** Removes the views of the files from the engine; the files stay. */
export async function closeCleaning(tables: OpenCleaning, run: Run): Promise<void> {
  for (const table of [tables.cleaned, tables.quarantine, tables.quarantineColumns, tables.changes, tables.behind]) {
    if (table !== null && !table.name.startsWith('(')) await run.engine.drop(table.name, run);
  }
}

/** The part of a manifest that the way back is made of. */
export function traceOf(manifest: Manifest): Trace {
  return {
    source: manifest.source.columns,
    cleaned: manifest.cleaned,
    dropped: manifest.dropped,
    ranges: manifest.source.keys,
    steps: manifest.plan.steps,
    effects: manifest.effects,
    pairs: manifest.pairs,
    entries: manifest.counts.steps,
  };
}

async function checkUnchanged(path: string, name: string, manifest: Manifest, run: Run): Promise<void> {
  let found;
  try {
    found = await stampOf(path, run.signal);
  } catch (cause) {
    run.signal.throwIfAborted();
    throw new AssayError('file-not-found', { path }, { cause });
  }
  if (found.sha256 !== manifest.files[name]?.sha256) {
    const reason = `${name} is not the file that the cleaning wrote: its content has changed, so its rows cannot be told apart`;
    throw new AssayError('undo-refused', { reason });
  }
}
