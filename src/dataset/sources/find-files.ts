import type { Stats } from 'node:fs';
import type { Source } from '../../core/engine.js';
import { stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { AssayError } from '../../core/errors.js';
import { formatOf } from './format.js';

export type Found = Pick<Source, 'files' | 'format' | 'partitions'> & {
  /** The files as the user named them: the path given, or paths inside the folder or glob. */
  readonly names: readonly string[];
};

/**
 * The files behind a path, a glob or a folder, sorted by path. Folders named `key=value` give their values to the
 * rows of the files in them.
 */
export async function findFiles(path: string): Promise<Found> {
  const files = await expand(path);
  if (files.length === 0) throw new AssayError('file-not-found', { path });
  const known = files.map((file) => ({ file, format: formatOf(file) }));
  const formats = new Set(known.map((k) => k.format));
  const format = known[0]!.format;
  const unknown = known.find((k) => k.format === null);
  if (unknown !== undefined || format === null) throw new AssayError('format-unknown', { path: unknown?.file ?? path });
  if (formats.size > 1) {
    const reason = `it holds files of several formats (${[...formats].join(', ')})`;
    throw new AssayError('file-unreadable', { path, reason });
  }
  const partitions = hivePartitions(files);
  return {
    files,
    format,
    names: files.map((file) => nameOf(file, path, files.length)),
    ...(partitions === null ? {} : { partitions }),
  };
}

async function expand(path: string): Promise<string[]> {
  const found = await statOrNull(path);
  if (found?.isFile()) return [resolve(path)];
  if (found?.isDirectory()) {
    const all = await glob('**/*', { cwd: path, absolute: true, ignore: ['**/_*', '**/.*'], expandDirectories: false });
    return sorted(all.filter((file) => formatOf(file) !== null));
  }
  if (!isDynamicPattern(path)) return [];
  return sorted(await glob(path, { absolute: true, expandDirectories: false }));
}

async function statOrNull(path: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new AssayError('file-unreadable', { path, reason: code ?? String(error) }, { cause: error });
  }
}

/** By code units, so that the order is the same in every locale. */
function sorted(files: readonly string[]): string[] {
  return files.map((file) => resolve(file)).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Short and without the machine's own folders: what reports may show. */
function nameOf(file: string, path: string, files: number): string {
  if (files === 1 && resolve(path) === file) return path.split(/[\\/]/).pop()!;
  const base = isDynamicPattern(path)
    ? resolve(path.slice(0, path.search(/[*?[{(!]/)).replace(/[^/\\]*$/, ''))
    : resolve(path);
  return relative(base, file).split(sep).join('/');
}

/** Values of `key=value` folders of each file; null where there are none. Keys must be the same for all files. */
function hivePartitions(files: readonly string[]): readonly Readonly<Record<string, string>>[] | null {
  const found = files.map((file) => {
    const pairs = file
      .split(sep)
      .slice(0, -1)
      .flatMap((folder) => {
        const at = folder.indexOf('=');
        return at > 0 ? [[folder.slice(0, at), decode(folder.slice(at + 1))] as const] : [];
      });
    return Object.fromEntries(pairs);
  });
  const keys = Object.keys(found[0]!);
  const alike = found.every((f) => Object.keys(f).join('\0') === keys.join('\0'));
  return keys.length > 0 && alike ? found : null;
}

/** Writers percent-encode what a folder name may not hold. */
function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
