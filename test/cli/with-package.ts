import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { inFolder } from './assay.js';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Runs `body` in a clean folder in which the package is installed as it would be published: packed, unpacked, with its
 * command linked. Its dependencies are those of this repository.
 */
export async function withPackage(body: (folder: string) => Promise<void>): Promise<void> {
  await inFolder(async (above) => {
    execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', above, repository]);
    const [archive] = (await readdir(above)).filter((name) => name.endsWith('.tgz'));
    execFileSync('tar', ['-xzf', archive!], { cwd: above });
    await symlink(path.join(repository, 'node_modules'), path.join(above, 'node_modules'));
    await chmod(path.join(above, 'package', 'dist', 'bin', 'assay.js'), 0o755);
    const folder = path.join(above, 'clean');
    const bin = path.join(folder, 'node_modules', '.bin');
    await mkdir(bin, { recursive: true });
    await symlink(path.join(above, 'package'), path.join(folder, 'node_modules', 'assay-toolkit'));
    await symlink('../assay-toolkit/dist/bin/assay.js', path.join(bin, 'assay'));
    await body(folder);
  });
}
