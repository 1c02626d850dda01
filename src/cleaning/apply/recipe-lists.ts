import type { Step } from '../../core/plan.js';
import type { Run } from '../../core/run.js';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '../../core/errors.js';
import { listOf } from '../../dataset/sql/plan/lowering.js';
import { storedListQuery } from '../../dataset/sql/plan/replay.js';
import { attachOwn } from '../files/attach-own.js';
import { readManifest } from '../files/manifest.js';
import { stampOf } from '../files/stamp.js';

/**
 * Opens the keyed lists of the steps whose keys belong to the data with the content hash `of`, under the names by which
 * the steps call them. They lie in `lists/` beside the recipe, each named by its content; the manifest beside it says
 * which is which, and without one the names must.
 * @throws AssayError `file-not-found`, or `file-damaged` where the content is not that of the name.
 */
export async function openLists(folder: string, steps: readonly Step[], of: string, run: Run): Promise<void> {
  const opened = new Set<string>();
  for (const step of steps) {
    const list = listOf(step);
    if (list === null || list.of !== of || opened.has(list.list)) continue;
    const path = await fileOf(folder, list.list, 'list' in step, run);
    const relation = await attachOwn(path, folder, run);
    const query = storedListQuery(relation, 'list' in step);
    await run.engine.write(query, { kind: 'view', name: list.list }, run);
    opened.add(list.list);
  }
}

async function fileOf(folder: string, list: string, withValue: boolean, run: Run): Promise<string> {
  const name = (await nameInManifest(folder, list, withValue)) ?? (await nameInFolder(folder, list));
  const path = join(folder, name ?? `lists/${list}-*.parquet`);
  if (name === null) throw new AssayError('file-not-found', { path });
  const { sha256 } = await stampOf(path, run.signal);
  if (sha256.startsWith(name.slice(-'0123456789abcdef.parquet'.length, -'.parquet'.length))) return path;
  const reason = 'its content is not what its name says';
  throw new AssayError('file-damaged', { path, format: 'list', reason });
}

async function nameInManifest(folder: string, list: string, withValue: boolean): Promise<string | null> {
  const manifest = await readManifest(folder).catch(() => null);
  return manifest?.lists.find((l) => l.list === list && (l.type !== null) === withValue)?.file ?? null;
}

/** Long names are cut in the names of files, so several may look right; then none is taken. */
async function nameInFolder(folder: string, list: string): Promise<string | null> {
  const start = `${list.slice(0, 80)}-`;
  const names = await readdir(join(folder, 'lists')).catch(() => []);
  const alike = names.filter((n) => n.startsWith(start) && /^[0-9a-f]{16}\.parquet$/.test(n.slice(start.length)));
  return alike.length === 1 ? `lists/${alike[0]!}` : null;
}
