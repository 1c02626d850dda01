import type { TypeName } from '../../../../core/plan.js';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { draftName, sweepDrafts } from '../../../../core/drafts.js';
import { AssayError } from '../../../../core/errors.js';

/** What a converted copy holds: one `<ordinal>.parquet` a source file, columns under their internal ids. */
export interface Converted {
  readonly columns: readonly {
    readonly id: string;
    readonly name: string;
    readonly type: TypeName;
    /** Cells of blanks that were read as null. */
    readonly blanks: number;
    /** How its values are printed; null where the source was no text. */
    readonly form: string | null;
    /** True where its texts are JSON themselves. */
    readonly json: boolean;
    /** Cells whose text is not what their value prints. */
    readonly entries: number;
  }[];
  /** Files of the folder that hold those cells: `k, id, text`. */
  readonly texts: readonly string[];
  /** Malformed lines of each file, set aside in `rejects.csv`. */
  readonly rejected: readonly number[];
}

const schema = z.object({
  columns: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      type: z.string(),
      blanks: z.number(),
      form: z.string().nullable(),
      json: z.boolean(),
      entries: z.number(),
    }),
  ),
  texts: z.array(z.string()),
  rejected: z.array(z.number()),
});

/**
 * The converted copy with this hash, made by `convert` where there is none yet. It is written beside and renamed, so
 * a copy is whole or absent, also when two processes make it at once.
 */
export async function convertedCopy(
  cache: string,
  hash: string,
  convert: (folder: string) => Promise<Converted>,
): Promise<Converted & { readonly folder: string }> {
  const name = hash.slice(0, 32);
  const folder = join(cache, name);
  const known = await readManifest(folder);
  if (known !== null) return { ...known, folder };
  const beside = join(cache, draftName(name));
  await sweepDrafts(cache, null);
  try {
    await mkdir(beside, { recursive: true });
    const made = await convert(beside);
    await writeFile(join(beside, 'manifest.json'), JSON.stringify(made));
    await rename(beside, folder).catch(async (error: unknown) => {
      // Another process was faster; its copy is the same.
      if ((await readManifest(folder)) === null) throw error;
    });
    return { ...made, folder };
  } catch (error) {
    throw writeFault(error, cache);
  } finally {
    // What was thrown before says more than a folder that cannot be removed.
    await rm(beside, { recursive: true, force: true }).catch(() => {});
  }
}

async function readManifest(folder: string): Promise<Converted | null> {
  try {
    return schema.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
  } catch {
    return null;
  }
}

function writeFault(error: unknown, path: string): unknown {
  if (error instanceof AssayError || !(error instanceof Error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC') return new AssayError('disk-full', { path }, { cause: error });
  if (code === 'EACCES' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST')
    return new AssayError('output-unwritable', { path, reason: code }, { cause: error });
  return error;
}
