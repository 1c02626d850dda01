import type { Format } from '../../core/engine.js';

export type Compression = 'none' | 'gz' | 'zst';

const formats: Readonly<Record<string, Format>> = {
  csv: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  parquet: 'parquet',
  pq: 'parquet',
  arrow: 'arrow',
  arrows: 'arrow',
  feather: 'arrow',
  ipc: 'arrow',
};

/** Format of a file by the end of its name; null where it is none that can be read. */
export function formatOf(path: string): Format | null {
  const extension = /\.([a-z]+)(?:\.(?:gz|zst))?$/i.exec(path)?.[1]?.toLowerCase();
  const format = extension === undefined ? undefined : formats[extension];
  if (format === undefined) return null;
  // Only text is compressed as a whole; columnar files compress inside.
  const isText = format === 'csv' || format === 'tsv' || format === 'jsonl';
  return isText || compressionOf(path) === 'none' ? format : null;
}

export function compressionOf(path: string): Compression {
  if (/\.gz$/i.test(path)) return 'gz';
  return /\.zst$/i.test(path) ? 'zst' : 'none';
}
