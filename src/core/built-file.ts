import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssayError } from './errors.js';

/** The folder of package.json: above this module in the sources, in the build and in the bundled programs. */
export const packageFolder: string = above(path.dirname(fileURLToPath(import.meta.url)));

function above(folder: string): string {
  if (existsSync(path.join(folder, 'package.json'))) return folder;
  const parent = path.dirname(folder);
  if (parent === folder) throw new AssayError('internal', { message: 'the folder of the package is not there' });
  return above(parent);
}

/**
 * Where the last build put a file, by its path in `dist`. Processes, worker threads and WebAssembly are started from there,
 * also when the code that starts them runs from its source.
 *
 * @throws AssayError `internal` where it was not built.
 */
export function builtFile(name: string): string {
  const file = path.join(packageFolder, 'dist', name);
  if (existsSync(file)) return file;
  throw new AssayError('internal', { message: `the built file ${name} is missing; build first: npm run build` });
}
