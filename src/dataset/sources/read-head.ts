import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AssayError } from '../../core/errors.js';
import { compressionOf } from './format.js';

/** The first bytes of a plain or gzip file, decompressed; at least `bytes` of them where there are so many. */
export async function readHead(path: string, bytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of openBytes(path)) {
      parts.push(part as Buffer);
      length += (part as Buffer).length;
      if (length >= bytes) break;
    }
  } catch (error) {
    throw readFault(path, error);
  }
  return Buffer.concat(parts);
}

/** A plain or gzip file as a stream of its decompressed bytes. */
export function openBytes(path: string): NodeJS.ReadableStream {
  const file = createReadStream(path);
  if (compressionOf(path) !== 'gz') return file;
  // A fault of the file comes out of the unzipping stream; leaving early is none.
  return pipeline(file, createGunzip(), () => {});
}

/** What went wrong while a text file was read. */
export function readFault(path: string, error: unknown): AssayError {
  if (error instanceof AssayError) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code.startsWith('Z_'))
    return new AssayError('file-damaged', { path, format: 'gzip', reason: message }, { cause: error });
  return new AssayError('file-unreadable', { path, reason: message }, { cause: error });
}
