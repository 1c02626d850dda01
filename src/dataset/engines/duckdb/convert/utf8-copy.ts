import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { AssayError } from '../../../../core/errors.js';
import { decoderFor } from '../../../sources/encoding.js';
import { compressionOf } from '../../../sources/format.js';
import { openBytes, readFault } from '../../../sources/read-head.js';

/** Writes a text file of another encoding as UTF-8 to `to`. */
export async function utf8Copy(path: string, encoding: string, to: string, signal: AbortSignal): Promise<void> {
  if (compressionOf(path) === 'zst') {
    const reason = 'zstd files are read as UTF-8 only; decompress it first';
    throw new AssayError('file-unreadable', { path, reason });
  }
  const decoder = decoderFor(encoding);
  const decode = async function* (source: AsyncIterable<string | Buffer>): AsyncGenerator<string> {
    for await (const bytes of source) yield decoder.decode(bytes as Buffer, { stream: true });
    yield decoder.decode();
  };
  try {
    await pipeline(openBytes(path), decode, createWriteStream(to), { signal });
  } catch (error) {
    if (signal.aborted) throw new AssayError('interrupted', {}, { cause: error });
    if (error instanceof TypeError) {
      const reason = `it holds bytes that are not ${encoding}`;
      throw new AssayError('file-unreadable', { path, reason }, { cause: error });
    }
    throw readFault(path, error);
  }
}
