import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { AssayError } from '../../../../core/errors.js';
import { openBytes, readFault } from '../../../sources/read-head.js';

const newline = 10;
const carriageReturn = 13;
const quote = 34;

/**
 * Writes a text file with `\n` after every record to `to`: the reader takes one kind of line break a file, and files
 * put together from several have both. Line breaks inside quoted cells are content and stay; `quoted` says whether the
 * format has quotes.
 */
export async function evenBreaks(path: string, to: string, quoted: boolean, signal: AbortSignal): Promise<void> {
  try {
    await pipeline(openBytes(path), (source) => even(source, quoted), createWriteStream(to), { signal });
  } catch (error) {
    if (signal.aborted) throw new AssayError('interrupted', {}, { cause: error });
    throw readFault(path, error);
  }
}

async function* even(source: AsyncIterable<string | Buffer>, quoted: boolean): AsyncGenerator<Buffer> {
  let inside = false;
  let held = false;
  for await (const part of source) {
    const bytes = part as Buffer;
    // A carriage return at the end of a part is held back until the next byte is known.
    const out = Buffer.allocUnsafe(bytes.length + 1);
    let at = 0;
    for (const byte of bytes) {
      if (held && byte !== newline) out[at++] = carriageReturn;
      held = byte === carriageReturn && !inside;
      if (byte === quote && quoted) inside = !inside;
      if (!held) out[at++] = byte;
    }
    yield out.subarray(0, at);
  }
  if (held) yield Buffer.of(carriageReturn);
}
