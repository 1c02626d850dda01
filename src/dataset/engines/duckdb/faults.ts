import type { EngineFault } from '../../../core/errors.js';
import { AssayError } from '../../../core/errors.js';

/** First words of DuckDB's messages and what they mean in the words all engines share. */
const kinds: readonly (readonly [prefix: RegExp, kind: EngineFault])[] = [
  [/INTERRUPT/, 'cancelled'],
  [/Out of Memory Error/, 'memory'],
  [/No files found|Catalog Error/, 'not-found'],
  [/Parser Error|Binder Error|Syntax Error|Not implemented Error/, 'syntax'],
  [/IO Error|Permission Error/, 'disk'],
  [/Conversion Error|Invalid Input Error|Out of Range Error|Constraint Error|Mismatch Type Error/, 'data'],
];

/**
 * A Parquet file with a whole footer and pages that cannot be decoded, which is found only when they are read. Not every
 * message of the reader names its file; then it is one of `files`, those that were opened.
 */
function brokenFile(message: string, files: readonly string[]): AssayError<'file-damaged'>['args'] | null {
  const named = /Failed to read file "(.+?)": (.+)/.exec(message);
  if (named !== null) return { path: named[1]!, format: 'Parquet', reason: named[2]! };
  if (!/corrupt|decompression failure|thrift/i.test(message) || files.length === 0) return null;
  const reason = message.split('\n')[0]!.replace(/^[A-Za-z ]+ Error: /, '');
  return { path: files.join('" or "'), format: 'Parquet', reason };
}

/** What a call writes and reads, for errors that name it. */
export interface Places {
  /** What the call writes to. */
  readonly path?: string | undefined;
  /** Files that may be read. */
  readonly files: ReadonlySet<string>;
  /** Where the engine puts what does not fit into memory. */
  readonly spill: string;
}

/** What DuckDB threw as an error of Assay. */
export function duckDbFault(thrown: unknown, { path, files, spill }: Places): AssayError {
  if (thrown instanceof AssayError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const full = /No space left on device|ENOSPC/.test(message);
  // The engine foresees a full disk of its spills and refuses before it is.
  if (/max_temp_directory_size/.test(message) || (full && (path === undefined || message.includes(spill))))
    return new AssayError('spill-full', { folder: spill }, { cause: thrown });
  if (full) return new AssayError('disk-full', { path: path! }, { cause: thrown });
  const broken = brokenFile(message, [...files]);
  if (broken !== null) return new AssayError('file-damaged', broken, { cause: thrown });
  const kind = kinds.find(([prefix]) => prefix.test(message))?.[1] ?? 'other';
  // Of its settings, of which the engine then speaks, no user of ours can set one.
  const told = kind === 'memory' ? message.split('\n')[0]! : message;
  return new AssayError('engine-failed', { kind, message: told }, { cause: thrown });
}
