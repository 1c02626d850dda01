// `npm run bench -- NAME [ARGS]`: runs test/bench/NAME.mjs on the built package; without a name it lists them.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [name, ...args] = process.argv.slice(2);
const file = fileURLToPath(new URL(`./${name}.mjs`, import.meta.url));
if (name === undefined || name === 'run' || !/^[a-z0-9-]+$/.test(name) || !existsSync(file)) {
  const names = readdirSync(new URL('.', import.meta.url)).filter((f) => f.endsWith('.mjs') && f !== 'run.mjs');
  console.error(`Usage: npm run bench -- NAME. The benches are: ${names.map((f) => f.slice(0, -4)).join(', ')}.`);
  process.exit(3);
}
const build = spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
process.exit(build.status !== 0 ? build.status : spawnSync('node', [file, ...args], { stdio: 'inherit' }).status);
