import type { Source } from '../../../../core/engine.js';
import type { Reject } from './rejects.js';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compressionOf } from '../../../sources/format.js';
import { evenBreaks } from './even-breaks.js';
import { checkRejects, mayMixBreaks, rejectsCsv } from './rejects.js';
import { utf8Files } from './text-files.js';

/** A text file to stage: where its bytes lie in UTF-8, and what the user calls it. */
export interface TextFile {
  readonly file: string;
  readonly path: string;
}

/**
 * Stages each file of a text source and sets its malformed lines aside: all of them in `rejects.csv` of `folder`.
 * Returns how many each file had; a file with too many is an error.
 */
export async function stageTexts(
  source: Source,
  folder: string,
  signal: AbortSignal,
  stage: (file: TextFile, i: number) => Promise<{ rows: number; rejects: readonly Reject[] }>,
): Promise<readonly number[]> {
  const rejects: Reject[] = [];
  const rejected: number[] = [];
  const evened = async ({ file, path }: TextFile, i: number): ReturnType<typeof stage> => {
    const copy = join(folder, `${i}.evened`);
    await evenBreaks(file, copy, source.format !== 'jsonl', signal);
    const done = await stage({ file: copy, path }, i);
    await rm(copy);
    return done;
  };
  for (const [i, file] of (await utf8Files(source, folder, signal)).entries()) {
    const path = source.files[i]!;
    const done = await stage({ file, path }, i).catch((error: unknown) => {
      if (!mayMixBreaks(error) || compressionOf(file) === 'zst') throw error;
      return evened({ file, path }, i);
    });
    checkRejects(path, done.rejects, done.rows);
    rejected.push(done.rejects.length);
    rejects.push(...done.rejects);
    if (file !== path) await rm(file);
  }
  if (rejects.length > 0) await writeFile(join(folder, 'rejects.csv'), rejectsCsv(rejects));
  return rejected;
}
