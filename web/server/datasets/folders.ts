import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { formatOf } from '../../../src/dataset/sources/format.js';
import type { DatasetList } from '../../contract/datasets.js';
import { notFound } from '../problems.js';

/** The folders whose data files may be read, each under a short name that starts the ids of its files. */
export interface Folders {
  list(): Promise<DatasetList>;
  /** The real path behind an id. @throws Refusal where it does not lie in a folder given at start. */
  resolve(id: string): Promise<string>;
  /** Whether an absolute path lies, all links followed, in one of the folders. */
  readonly holds: (file: string) => Promise<boolean>;
  /** The id of a file of the uploads. */
  uploadId(name: string): string;
}

const maxListed = 500;
const maxDepth = 4;

/** `uploads` is always one of them. */
export function openFolders(given: readonly string[], uploads: string): Folders {
  const roots = new Map([['uploads', uploads]]);
  for (const folder of given)
    roots.set(freeName(path.basename(path.resolve(folder)) || 'root', roots), path.resolve(folder));
  return {
    list: () => list(roots),
    resolve: async (id) => {
      const [name, ...rest] = id.split('/');
      const root = roots.get(name ?? '');
      if (root === undefined || rest.length === 0 || rest.some((part) => !isPlain(part))) throw notFound('dataset');
      const found = await realpath(path.join(root, ...rest)).catch(() => null);
      if (found === null || !(await within(root, found)) || !(await stat(found)).isFile()) throw notFound('dataset');
      return found;
    },
    holds: async (file) => {
      const found = await realpath(file).catch(() => null);
      if (found === null) return false;
      for (const root of roots.values()) if (await within(root, found)) return true;
      return false;
    },
    uploadId: (name) => `uploads/${name}`,
  };
}

function freeName(name: string, taken: ReadonlyMap<string, string>): string {
  return taken.has(name) ? freeName(`${name}-2`, taken) : name;
}

/** No way up, no hidden folder, no separator of any system, no end of a C string. */
function isPlain(part: string): boolean {
  return part !== '' && !part.startsWith('.') && !/[\\/\0]/.test(part);
}

/** `found` is a real path. */
async function within(root: string, found: string): Promise<boolean> {
  const real = await realpath(root).catch(() => null);
  return real !== null && found.startsWith(real.endsWith(path.sep) ? real : real + path.sep);
}

async function list(roots: ReadonlyMap<string, string>): Promise<DatasetList> {
  const datasets: DatasetList['datasets'][number][] = [];
  for (const [name, root] of roots) await walk(root, name, 0, datasets);
  const cut = datasets.length > maxListed;
  return { datasets: datasets.slice(0, maxListed), cut };
}

async function walk(
  folder: string,
  id: string,
  depth: number,
  found: DatasetList['datasets'][number][],
): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (found.length > maxListed) return;
    if (!isPlain(entry.name) || entry.name === 'node_modules') continue;
    const file = path.join(folder, entry.name);
    if (entry.isDirectory() && depth < maxDepth) await walk(file, `${id}/${entry.name}`, depth + 1, found);
    // Links are left out of the list; those that stay inside can still be named.
    if (!entry.isFile() || formatOf(file) === null) continue;
    const { size, mtime } = await stat(file);
    found.push({ id: `${id}/${entry.name}`, bytes: size, changedAt: mtime.toISOString() });
  }
}
