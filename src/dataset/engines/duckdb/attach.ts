import type { Attached, Call, Source, TableSource } from '../../../core/engine.js';
import type { Column, Texts } from '../../../core/relation.js';
import type { Pool } from './pool.js';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '../../../core/errors.js';
import { contentHash } from '../../sources/content-hash.js';
import { checkUnchanged, stampFiles } from '../../sources/unchanged.js';
import { convertFiles } from './convert/convert.js';
import { convertedCopy } from './convert/converted.js';
import { parquetColumns } from './parquet-columns.js';
import { readParquet } from './read-parquet.js';
import { relationView } from './relation-view.js';
import { writeResult } from './write.js';

/** Opens files as a view with row keys. Parquet is read where it lies, all else from a converted copy. */
export async function attachFiles(
  pool: Pool,
  name: string,
  source: Source | TableSource,
  call: Call,
): Promise<Attached> {
  if ('table' in source) throw new AssayError('internal', { message: 'the embedded engine reads files, not tables' });
  for (const path of source.files) await checkReadable(path);
  const stamps = await stampFiles(source.files);
  const hash = await contentHash(source, call.signal);
  if (source.format === 'parquet') {
    const columns = await parquetColumns(pool, source, call);
    const relation = await relationView(pool, name, source.files, source, columns, hash, call);
    return { relation, rejects: null };
  }
  const copy = await convertedCopy(source.cache, hash, async (folder) => {
    const converted = await convertFiles(pool, source, folder, call);
    // The copy is known by the hash of what was read before it.
    await checkUnchanged(stamps);
    return converted;
  });
  const files = copy.rejected.map((_, i) => join(copy.folder, `${i}.parquet`));
  const columns = copy.columns.map((c) => ({ ...blankless(c), from: c.id, readAs: null }));
  const view = await relationView(pool, name, files, source, columns, hash, call);
  const texts = await textsView(pool, `${name}_texts`, copy, call);
  const relation = texts === null ? view : { ...view, texts };
  const rejected = copy.rejected.reduce((sum, n) => sum + n, 0);
  if (rejected === 0) return { relation, rejects: null };
  return { relation, rejects: { rows: rejected, path: join(copy.folder, 'rejects.csv'), byFile: copy.rejected } };
}

/** The cell texts behind a converted copy; null where the source was no text. */
async function textsView(
  pool: Pool,
  name: string,
  copy: Awaited<ReturnType<typeof convertedCopy>>,
  call: Call,
): Promise<Texts | null> {
  const columns = copy.columns.flatMap(({ id, type, form, json, entries }) =>
    form === null ? [] : [{ id, type, form, json, entries }],
  );
  if (columns.length === 0) return null;
  if (copy.texts.length === 0) return { name: null, columns };
  const sql = `SELECT k, id, text FROM ${readParquet(copy.texts.map((file) => join(copy.folder, file)))}`;
  await pool.with(call, (connection, guard) => writeResult(connection, guard, { sql }, { kind: 'view', name }));
  return { name, columns };
}

/** `blanks` stands on a column only where there are some. */
function blankless({ id, name, type, blanks }: Required<Column>): Column {
  return blanks === 0 ? { id, name, type } : { id, name, type, blanks };
}

async function checkReadable(path: string): Promise<void> {
  try {
    await access(path, constants.R_OK);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw new AssayError('file-not-found', { path }, { cause: error });
    throw new AssayError('file-unreadable', { path, reason: code ?? String(error) }, { cause: error });
  }
}
