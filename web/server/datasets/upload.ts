import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { randomBytes } from 'node:crypto';
import { formatOf } from '../../../src/dataset/sources/format.js';
import { Refusal } from '../problems.js';

/**
 * Streams a body to a file of the folder, which appears when it is whole. Its name is kept as far as it is plain, with
 * a tail that makes it one of its kind.
 *
 * @throws Refusal `format-unknown`, `too-large`.
 */
export async function keepUpload(folder: string, name: string, body: Readable, maxBytes: number): Promise<string> {
  if (formatOf(name) === null)
    throw new Refusal(415, 'format-unknown', 'Expected .csv, .tsv, .jsonl, .parquet or .arrow, also with .gz or .zst.');
  const kept = keptName(name);
  await mkdir(folder, { recursive: true });
  const draft = path.join(folder, `.${kept}`);
  try {
    await pipeline(body, limited(maxBytes), createWriteStream(draft, { flags: 'wx', mode: 0o600 }));
    await rename(draft, path.join(folder, kept));
  } catch (thrown) {
    await rm(draft, { force: true });
    throw thrown;
  }
  return kept;
}

/** Passes chunks through and counts; a body may lie about its length, or not tell it. */
function limited(maxBytes: number): (source: AsyncIterable<Buffer>) => AsyncIterable<Buffer> {
  return async function* (source) {
    let bytes = 0;
    for await (const chunk of source) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      yield chunk;
    }
  };
}

export function tooLarge(maxBytes: number): Refusal {
  return new Refusal(413, 'too-large', `The file is larger than ${Math.floor(maxBytes / 1024 ** 2)} MB.`);
}

/** `my clicks (1).csv` becomes `my-clicks-1-4f2a91.csv`. */
function keptName(name: string): string {
  const plain = (name.split(/[\\/]/).pop() ?? '').replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '');
  const dot = plain.indexOf('.');
  const stem = plain.slice(0, Math.max(0, dot)).slice(0, 80).replace(/-+$/, '') || 'data';
  return `${stem}-${randomBytes(3).toString('hex')}${plain.slice(Math.max(0, dot)).slice(-24)}`;
}
