import { execFileSync, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./fit.py', import.meta.url));

/** Writes a set where Python finds it. */
export function writeSet(folder, { values, label }) {
  writeFileSync(join(folder, 'x.f32'), new Uint8Array(values.buffer));
  writeFileSync(join(folder, 'y.u8'), label);
}

/** A Python that trains on request, one fit at a time; null where it cannot import what it needs. */
export async function startPython(command, folder, columns, test) {
  const child = spawn(command, [script, folder, columns, test].map(String), { stdio: ['pipe', 'pipe', 'inherit'] });
  child.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    return done === true ? null : JSON.parse(value);
  };
  const libraries = await next();
  if (libraries === null) return null;
  return {
    libraries,
    fit: async (request) => {
      child.stdin.write(`${JSON.stringify({ score: false, ...request })}\n`);
      const answer = await next();
      if (answer === null) throw new Error(`${command} has ended while it trained ${request.library}`);
      return answer;
    },
    close: () => child.stdin.end(),
  };
}

/** The interpreter of a virtual environment with the current releases, made on first use; null where that fails. */
export function currentReleases(folder) {
  const python = join(folder, 'bin', 'python');
  try {
    if (!existsSync(python)) execFileSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' });
    const packages = ['scikit-learn', 'xgboost-cpu', 'lightgbm'];
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', ...packages], { stdio: 'inherit' });
    return python;
  } catch {
    return null;
  }
}
