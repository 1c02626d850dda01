import type { Source } from '../../core/engine.js';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { AssayError } from '../../core/errors.js';

/** Counted up when a change of the readers changes what they read, so that old converted copies are not used. */
const readers = 2;

/** SHA-256 (hex) over the files in order, their bytes, and how they are read. */
export async function contentHash(source: Source, signal: AbortSignal): Promise<string> {
  const { format, encoding = 'utf-8', header = null, partitions = null } = source;
  const hash = createHash('sha256').update(JSON.stringify({ readers, format, encoding, header, partitions }));
  for (const path of source.files) hash.update(await fileHash(path, signal));
  return hash.digest('hex');
}

async function fileHash(path: string, signal: AbortSignal): Promise<Buffer> {
  const hash = createHash('sha256');
  try {
    for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20, signal })) hash.update(bytes as Buffer);
  } catch (error) {
    if (signal.aborted) throw new AssayError('interrupted', {}, { cause: error });
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw new AssayError('file-not-found', { path }, { cause: error });
    throw new AssayError('file-unreadable', { path, reason: code ?? String(error) }, { cause: error });
  }
  return hash.digest();
}
