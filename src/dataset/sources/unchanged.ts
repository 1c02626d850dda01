import { stat } from 'node:fs/promises';
import { AssayError } from '../../core/errors.js';

/** What tells one state of a file from another without reading it. */
export interface Stamp {
  readonly path: string;
  /** Size, time of the last change and number of the file; null where there is none. */
  readonly state: string | null;
}

/** The state of files before they are read. */
export async function stampFiles(paths: readonly string[]): Promise<readonly Stamp[]> {
  return Promise.all(paths.map(async (path) => ({ path, state: await stateOf(path) })));
}

/** @throws AssayError `file-changed` where a file is not what it was. */
export async function checkUnchanged(stamps: readonly Stamp[]): Promise<void> {
  for (const { path, state } of stamps) {
    if ((await stateOf(path)) !== state) throw new AssayError('file-changed', { path });
  }
}

async function stateOf(path: string): Promise<string | null> {
  try {
    const { size, mtimeNs, ino } = await stat(path, { bigint: true });
    return `${size} ${mtimeNs} ${ino}`;
  } catch {
    return null;
  }
}
