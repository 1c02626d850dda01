import { stat } from 'node:fs/promises';
import type { RunFile } from './run-file.js';

/** When the data file behind a run was last written, where that was after the run began. `holds` says what may be looked at. */
export async function dataChangedAt(
  { source, startedAt }: RunFile,
  holds: (file: string) => Promise<boolean>,
): Promise<string | null> {
  if (source === null || startedAt === null || !(await holds(source.path))) return null;
  const found = await stat(source.path).catch(() => null);
  return found !== null && found.mtimeMs > Date.parse(startedAt) ? found.mtime.toISOString() : null;
}

/** Changes when the file behind a run is written again; of a folder or glob it does not. */
export async function stampOfData({ source }: RunFile): Promise<string> {
  const found = source === null ? null : await stat(source.path).catch(() => null);
  return found === null ? '' : `${found.mtimeMs}/${found.size}`;
}
