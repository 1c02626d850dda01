import type { Source } from '../../../core/engine.js';
import { AssayError } from '../../../core/errors.js';

/** An engine fault while a Parquet file is opened, as the damage of the file it names. */
export function damaged(source: Source, error: unknown): unknown {
  if (!(error instanceof AssayError) || error.code !== 'engine-failed') return error;
  const { kind, message } = error.args as { kind: string; message: string };
  // Only what a reader says about bytes is damage; the rest is the engine's own trouble.
  if (kind !== 'data' && kind !== 'disk' && kind !== 'other') return error;
  const path = source.files.find((file) => message.includes(file)) ?? source.files[0]!;
  const reason = message
    .split('\n')[0]!
    .replaceAll(path, 'it')
    .replace(/^[A-Za-z ]+ Error: /, '');
  return new AssayError(
    'file-damaged',
    { path, format: source.format === 'parquet' ? 'Parquet' : source.format, reason },
    { cause: error },
  );
}
