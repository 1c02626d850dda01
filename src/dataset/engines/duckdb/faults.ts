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

/** What DuckDB threw as an error of Assay. `path` is what was being written, for a full disk. */
export function duckDbFault(thrown: unknown, path?: string): AssayError {
  if (thrown instanceof AssayError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (/No space left on device|ENOSPC/.test(message))
    return new AssayError('disk-full', { path: path ?? 'the spill folder' }, { cause: thrown });
  const kind = kinds.find(([prefix]) => prefix.test(message))?.[1] ?? 'other';
  return new AssayError('engine-failed', { kind, message }, { cause: thrown });
}
