import { lstat, mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { draftName, sweepDrafts } from '../../core/drafts.js';
import { AssayError } from '../../core/errors.js';
import { writeFault } from './file-faults.js';

/**
 * Makes a folder all at once: `fill` writes into a temporary one beside it, every file is flushed to the disk, and one
 * rename gives it its name. Whatever goes wrong, an abort included, leaves nothing behind.
 * @throws AssayError `output-exists`, `output-unwritable`, `disk-full`, `interrupted`, or what `fill` throws.
 */
export async function stagedFolder<T>(
  folder: string,
  signal: AbortSignal,
  fill: (staging: string) => Promise<T>,
): Promise<T> {
  const target = resolve(folder);
  if (await exists(target)) throw new AssayError('output-exists', { path: folder });
  const parent = dirname(target);
  let made: string | undefined;
  let staging: string | undefined;
  try {
    made = await makeParent(parent, folder);
    await sweepDrafts(dirname(target), basename(target));
    const beside = besides(target);
    await mkdir(beside);
    staging = beside;
    const result = await fill(staging);
    await flushTree(staging);
    signal.throwIfAborted();
    await rename(staging, target);
    await flush(parent);
    return result;
  } catch (thrown) {
    if (staging !== undefined) await rm(staging, { recursive: true, force: true });
    if (made !== undefined) await removeEmpty(parent, made);
    throw writeFault(thrown, folder, signal);
  }
}

/** Makes a single file all at once, as {@link stagedFolder} does a folder. */
export async function stagedFile<T>(
  path: string,
  signal: AbortSignal,
  fill: (staging: string) => Promise<T>,
): Promise<T> {
  const target = resolve(path);
  if (await exists(target)) throw new AssayError('output-exists', { path });
  const parent = dirname(target);
  let staging: string | undefined;
  try {
    await sweepDrafts(dirname(target), basename(target));
    const beside = besides(target);
    await mkdir(beside);
    staging = beside;
    const file = join(staging, basename(target));
    const result = await fill(file);
    await flush(file);
    signal.throwIfAborted();
    await rename(file, target);
    await flush(parent);
    return result;
  } catch (thrown) {
    throw writeFault(thrown, path, signal);
  } finally {
    if (staging !== undefined) await rm(staging, { recursive: true, force: true });
  }
}

/** Makes the folders above; the first one made, so that it can be taken away again. */
async function makeParent(parent: string, folder: string): Promise<string | undefined> {
  return mkdir(parent, { recursive: true }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EEXIST') throw cause;
    const reason = 'a part of the path is not a folder';
    throw new AssayError('output-unwritable', { path: folder, reason }, { cause });
  });
}

/** A hidden name in the same folder, so that the rename stays on one file system. */
function besides(target: string): string {
  return join(dirname(target), draftName(basename(target)));
}

/** Removes the folders from `inner` up to `outer`, as far as nobody put something into them meanwhile. */
async function removeEmpty(inner: string, outer: string): Promise<void> {
  for (let folder = inner; folder.startsWith(outer); folder = dirname(folder)) {
    const removed = await rmdir(folder).then(
      () => true,
      () => false,
    );
    if (!removed) return;
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

async function flushTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    await (entry.isDirectory() ? flushTree(path) : flush(path));
  }
  await flush(folder);
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
