import { mkdir, open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { writeFault } from '../cleaning/files/file-faults.js';
import { listRuns } from './history.js';

/**
 * Writes down that the run opens the outer rows of a split, and counts the runs that did, this one among them. The mark
 * is on the disk before this returns: a run that is killed after it saw the rows is counted, whether it kept a record or
 * not. Marks lie at `<out>/openings/<split>/<run>`.
 *
 * @throws AssayError `disk-full`, `output-unwritable`: what cannot be written down is not opened.
 */
export async function markOpening(out: string, split: string, run: string, signal: AbortSignal): Promise<number> {
  const folder = path.join(path.resolve(out), 'openings', split);
  try {
    await mkdir(folder, { recursive: true });
    await touch(path.join(folder, run));
    await flush(folder);
  } catch (thrown) {
    throw writeFault(thrown, folder, signal);
  }
  const marked = await readdir(folder);
  const recorded = (await listRuns(out)).filter(({ record }) => record.split === split && record.outerOpened);
  return new Set([...marked, ...recorded.map(({ record }) => record.id)]).size;
}

async function touch(file: string): Promise<void> {
  const handle = await open(file, 'w');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** So that a new name in it is kept, too. */
async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
