import type { DuckDBConnection } from '@duckdb/node-api';
import type { Source } from '../../../../core/engine.js';
import type { Guard } from '../guard.js';
import { join } from 'node:path';
import { AssayError } from '../../../../core/errors.js';
import { foreignEncoding, isUtf8 } from '../../../sources/encoding.js';
import { compressionOf } from '../../../sources/format.js';
import { readHead } from '../../../sources/read-head.js';
import { duckDbDialect } from '../../../sql/dialect-duckdb.js';
import { utf8Copy } from './utf8-copy.js';

/** Bytes of a text file that are looked at before it is read. */
const headBytes = 1 << 18;

/** The files as UTF-8: the user's own, or copies in `folder` where another encoding was named. */
export async function utf8Files(source: Source, folder: string, signal: AbortSignal): Promise<readonly string[]> {
  const { encoding } = source;
  if (encoding === undefined || isUtf8(encoding)) return source.files;
  const copies: string[] = [];
  for (const [i, file] of source.files.entries()) {
    const copy = join(folder, `${i}.utf8`);
    await utf8Copy(file, encoding, copy, signal);
    copies.push(copy);
  }
  return copies;
}

/** The beginning of a text file; `path` is what the user calls it. Another encoding than UTF-8 is an error. */
export async function textHead(
  connection: DuckDBConnection,
  guard: Guard,
  file: string,
  path: string,
): Promise<string> {
  const bytes =
    compressionOf(file) === 'zst' ? await zstdHead(connection, guard, file) : await readHead(file, headBytes);
  const found = foreignEncoding(bytes);
  if (found !== null) throw new AssayError('encoding-wrong', { path, found });
  return bytes.toString('utf8');
}

/** Node cannot open zstd; read as Latin-1, one character is one byte. */
async function zstdHead(connection: DuckDBConnection, guard: Guard, file: string): Promise<Buffer> {
  const read = `read_csv(${duckDbDialect.text(file)}, columns = {line: 'VARCHAR'}, auto_detect = false, header = false,
    delim = '\u0001', quote = '', escape = '', encoding = 'latin-1', ignore_errors = true)`;
  const lines = await guard.step(() => connection.runAndReadAll(`SELECT line FROM ${read} LIMIT 1000`));
  const text = lines.getRows().map(([line]) => `${String(line ?? '')}\n`);
  return Buffer.from(text.join('').slice(0, headBytes), 'latin1');
}
