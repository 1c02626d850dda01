import { createHash, randomUUID } from 'node:crypto';
import { lstat, mkdir, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
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
    await sweep(target);
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
    await sweep(target);
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

/**
 * A hidden name in the same folder, so that the rename stays on one file system. It tells who writes, so that what a
 * killed process left can be told from what another one is writing.
 */
function besides(target: string): string {
  return join(dirname(target), `${draftStart(target)}${process.pid}-${randomUUID()}`);
}

/** Drafts of one target from this machine. */
function draftStart(target: string): string {
  const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
  return `.${basename(target)}-${machine}-`;
}

/** Removes the drafts of the same target whose process is gone. */
async function sweep(target: string): Promise<void> {
  const start = draftStart(target);
  for (const name of await readdir(dirname(target)).catch(() => [])) {
    const match = name.startsWith(start) ? /^(\d+)-[0-9a-f-]{36}$/.exec(name.slice(start.length)) : null;
    if (match === null || (await isRunning(Number(match[1]), join(dirname(target), name)))) continue;
    await rm(join(dirname(target), name), { recursive: true, force: true });
  }
}

/** A number may have passed to another process meanwhile; no draft is written to for a day. */
async function isRunning(pid: number, draft: string): Promise<boolean> {
  const touched = await stat(draft).catch(() => null);
  if (touched === null || Date.now() - touched.mtimeMs > 24 * 3600 * 1000) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // EPERM: it runs, and belongs to somebody else.
    return (thrown as NodeJS.ErrnoException).code !== 'ESRCH';
  }
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
