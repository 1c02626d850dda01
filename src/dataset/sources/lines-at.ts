import { compressionOf } from './format.js';
import { openBytes } from './read-head.js';

/** A place in a text file: the record (from 1) and the byte it starts at. */
export interface Place {
  readonly record: number;
  readonly at: number;
}

const newline = 10;
const carriageReturn = 13;

/**
 * Line numbers (from 1) of places in ascending order. A quoted cell may hold line breaks, so a record's number is not
 * its line's; the lines are counted in the file itself. zstd files cannot be counted and keep the record's number.
 */
export async function linesAt(path: string, places: readonly Place[]): Promise<number[]> {
  if (places.length === 0) return [];
  if (compressionOf(path) === 'zst') return places.map((p) => p.record);
  const lines: number[] = [];
  let line = 1;
  let offset = 0;
  for await (const part of openBytes(path)) {
    const bytes = part as Buffer;
    for (let i = 0; i < bytes.length && lines.length < places.length; i++) {
      // Blank lines before a record belong to it in the reader's eyes, not in a reader's.
      const isBreak = bytes[i] === newline || bytes[i] === carriageReturn;
      if (!isBreak && offset + i >= places[lines.length]!.at) lines.push(line);
      if (bytes[i] === newline) line++;
    }
    offset += bytes.length;
    if (lines.length === places.length) break;
  }
  return places.map((p, i) => lines[i] ?? p.record);
}
