import { AssayError } from '../../core/errors.js';

const full = new Set(['ENOSPC', 'EDQUOT']);

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EPERM: 'the operation is not permitted',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of the path is not a folder',
  ENAMETOOLONG: 'the name is too long',
  EISDIR: 'it is a folder',
  EIO: 'the device reports an error',
  EMFILE: 'too many files are open',
};

/**
 * What went wrong while writing to `path`, as an error the user can act on. An abort wins over the engine's own
 * complaint about it; errors that are already ours pass through, but a full disk is told of the path the user knows.
 */
export function writeFault(thrown: unknown, path: string, signal: AbortSignal): unknown {
  if (signal.aborted) return new AssayError('interrupted', {}, { cause: thrown });
  if (thrown instanceof AssayError && thrown.code === 'disk-full')
    return new AssayError('disk-full', { path }, { cause: thrown });
  const code = codeOf(thrown);
  if (code !== null && full.has(code)) return new AssayError('disk-full', { path }, { cause: thrown });
  if (code === 'EEXIST' || code === 'ENOTEMPTY') return new AssayError('output-exists', { path }, { cause: thrown });
  const reason = code === null ? undefined : reasons[code];
  if (reason !== undefined) return new AssayError('output-unwritable', { path, reason }, { cause: thrown });
  return thrown;
}

function codeOf(thrown: unknown): string | null {
  return thrown instanceof Error && 'code' in thrown && !(thrown instanceof AssayError) ? String(thrown.code) : null;
}
