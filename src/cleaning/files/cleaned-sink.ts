import type { ParquetCompression } from '../../core/engine.js';
import type { Run } from '../../core/run.js';
import { AssayError } from '../../core/errors.js';
import { findFiles } from '../../dataset/sources/find-files.js';
import { codecQuery } from '../../dataset/sql/plan/cleaned-files.js';

/** Formats of cleaned rows; the other files of a cleaning are Parquet always. */
export const cleanedFormats = ['parquet', 'csv', 'jsonl', 'duckdb'] as const;
export type CleanedFormat = (typeof cleanedFormats)[number];

/** How the cleaned rows are written. */
export interface CleanedSink {
  readonly format: CleanedFormat;
  /** Name of the table in a database file; `cleaned` where absent. */
  readonly table?: string;
  /** Of Parquet; zstd where absent. */
  readonly compression?: ParquetCompression;
  /** The `key=value` folders of each source file, in key order: a file of the same name for each; one file where absent. */
  readonly folders?: {
    readonly names: readonly string[];
    readonly values: readonly Readonly<Record<string, string>>[];
  };
  /** True where another form may be taken for rows that this one cannot keep, false where that is an error. */
  readonly orParquet: boolean;
}

const codecs: readonly string[] = ['uncompressed', 'snappy', 'gzip', 'brotli', 'lz4', 'lz4_raw', 'zstd'];

/**
 * The sink that was asked for; `input`: format, compression and folders of the data. `table` names the table of a
 * database file.
 */
export async function cleanedSink(
  data: string,
  asked: CleanedFormat | 'input',
  run: Run,
  table?: string,
): Promise<CleanedSink> {
  if (table !== undefined && (asked !== 'duckdb' || table.trim() === '' || table.includes('\0')))
    throw new AssayError('option-invalid', {
      option: '--table',
      value: table,
      expected: 'a name, with --write duckdb',
    });
  if (asked === 'duckdb') return { format: asked, ...(table === undefined ? {} : { table }), orParquet: false };
  const { files, names, format, partitions } = await findFiles(data);
  const own = format === 'csv' || format === 'tsv' ? 'csv' : format === 'jsonl' ? 'jsonl' : 'parquet';
  const [found] = format === 'parquet' ? await run.engine.rows(codecQuery(files[0]!, run.engine.dialect), 1, run) : [];
  const codec = String(found?.['codec']);
  const compression = codecs.includes(codec) ? { compression: codec as ParquetCompression } : {};
  if (asked !== 'input') return { format: asked, ...compression, orParquet: false };
  const inside = names.every((name) => !name.startsWith('..'));
  const folders = partitions === undefined || !inside ? {} : { folders: { names, values: partitions } };
  return { format: own, ...compression, ...folders, orParquet: true };
}
