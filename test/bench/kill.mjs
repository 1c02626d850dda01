// `kill -9` at 20 seeded points of `assay clean` and 20 of `assay apply`, as a user runs them, in a folder that is kept
// from one to the next: the output is whole or absent, the input untouched, and the next run works, writes the same
// bytes as one that nobody disturbed, and removes what the killed one left. `npm run bench -- kill [POINTS]`.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { uniform } from './kill/uniform.mjs';
import { clicks } from './kill/clicks.mjs';

const points = Number(process.argv[2] ?? 20);
const main = fileURLToPath(new URL('../../dist/bin/assay.js', import.meta.url));
const base = mkdtempSync(path.join(tmpdir(), 'assay-bench-kill-'));
const temp = path.join(base, 'temp');
mkdirSync(temp);

/** Ends as the command does, or is killed after `killAfter` milliseconds. */
async function assay(cwd, args, killAfter = null) {
  const begun = performance.now();
  const child = spawn(process.execPath, [main, ...args], {
    cwd,
    env: { ...process.env, TMPDIR: temp },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let out = '';
  child.stdout.on('data', (data) => (out += data));
  child.stderr.on('data', (data) => (said += data));
  const timer = killAfter === null ? null : setTimeout(() => child.kill('SIGKILL'), killAfter);
  const [code, signal] = await new Promise((resolve) => child.once('close', (...end) => resolve(end)));
  clearTimeout(timer);
  return { code, signal, out, said, ms: performance.now() - begun };
}

/** Every file below a folder with the hash of its content, as one text; '' where there is no folder. */
function contentOf(folder) {
  if (!existsSync(folder)) return '';
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted()
    .map((file) => `${path.relative(folder, file)} ${hashOf(file)}`)
    .join('\n');
}

function hashOf(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** Forgets the runs that ended, and those killed after their proof: each counts as a use of the outer rows, which the next proof states. */
function forgetRuns(cwd) {
  rmSync(path.join(cwd, '.assay/openings'), { recursive: true, force: true });
  const runs = path.join(cwd, '.assay/runs');
  if (!existsSync(runs)) return;
  for (const name of readdirSync(runs).filter((run) => !run.startsWith('.')))
    rmSync(path.join(runs, name), { recursive: true });
}

/** Hidden names in the folders that the command writes to: drafts. */
function draftsIn(cwd) {
  const folders = [cwd, temp, path.join(cwd, '.assay/cache'), path.join(cwd, '.assay/runs')];
  return folders
    .flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : []))
    .filter((name) => name.startsWith('.') && name !== '.assay').length;
}

async function disturb(name, cwd, args, inputs) {
  const out = path.join(cwd, 'out');
  const before = inputs.map((file) => hashOf(path.join(cwd, file))).join();
  const calm = await assay(cwd, args);
  if (calm.code !== 0) throw new Error(`${name} ended with ${calm.code}: ${calm.said}`);
  const whole = contentOf(out);
  if (whole === '') throw new Error(`${name} wrote nothing`);
  rmSync(out, { recursive: true });
  forgetRuns(cwd);
  const again = await assay(cwd, args);
  const [cold, warm] = [calm.ms, again.ms].map((ms) => (ms / 1000).toFixed(1));
  say(`${name}: undisturbed ${cold} s, with a converted copy ${warm} s; ${whole.split('\n').length} files`);
  // The fastest seen, so that a busy moment does not move the points behind the end.
  const fastest = [calm.ms, Math.min(calm.ms, again.ms)];
  const draw = uniform(name);
  const count = { killed: 0, absent: 0, whole: 0, half: 0, touched: 0, next: 0, left: 0, drafts: 0 };
  for (let i = 0; i < points; i++) {
    rmSync(out, { recursive: true, force: true });
    // Converted copies are remade every other time, so that their making is disturbed too.
    forgetRuns(cwd);
    if (i % 2 === 0) rmSync(path.join(cwd, '.assay/cache'), { recursive: true, force: true });
    // Half of the points lie where files are written, near the end.
    const share = i % 2 === 0 ? draw() : 0.7 + 0.3 * draw();
    const { signal } = await assay(cwd, args, share * fastest[i % 2]);
    const found = contentOf(out);
    const state = found === '' ? 'absent' : found === whole ? 'whole' : 'half';
    const drafts = draftsIn(cwd);
    count.killed += signal === 'SIGKILL' ? 1 : 0;
    count[state]++;
    count.drafts += drafts > 0 ? 1 : 0;
    if (state === 'whole') rmSync(out, { recursive: true });
    forgetRuns(cwd);
    const next = await assay(cwd, args);
    const works = next.code === 0 && contentOf(out) === whole;
    count.next += works ? 1 : 0;
    fastest[1] = Math.min(fastest[1], next.ms);
    fastest[0] = Math.min(fastest[0], fastest[1] * (calm.ms / Math.min(calm.ms, again.ms)));
    const left = draftsIn(cwd);
    count.left += left;
    const same = inputs.map((file) => hashOf(path.join(cwd, file))).join() === before;
    count.touched += same ? 0 : 1;
    say(
      `  at ${share.toFixed(3)} of it: ${signal === 'SIGKILL' ? 'killed' : 'had ended'}, output ${state}, drafts left ${drafts}; next run ${works ? 'whole, same bytes' : `fails: ${next.code} ${next.said}`}, drafts left ${left}`,
    );
  }
  say(
    `  killed ${count.killed} of ${points}; output absent ${count.absent}, whole ${count.whole}; drafts after ${count.drafts}`,
  );
  figure(`kill.${name}-half-outputs`, count.half, '<=', 0);
  figure(`kill.${name}-inputs-touched`, count.touched, '<=', 0);
  figure(`kill.${name}-next-run-works`, count.next, '>=', points);
  figure(`kill.${name}-drafts-after-next`, count.left, '<=', 0);
  figure(`kill.${name}-killed`, count.killed, '>=', Math.ceil(0.6 * points));
}

const lines = [];
let short = 0;
function say(line) {
  console.log(line);
  lines.push(line);
}
function figure(name, value, op, bar) {
  const ok = op === '>=' ? value >= bar : value <= bar;
  if (!ok) short++;
  say(`figure ${name} ${value} bar ${op} ${bar} ${ok ? 'ok' : 'short'}`);
}

try {
  const chain = path.join(base, 'clean');
  mkdirSync(chain);
  writeFileSync(path.join(chain, 'day-1.csv'), clicks(1, 6000));
  const roles = ['--label', 'click', '--time', 'time', '--user', 'user'];
  // The plan is made once: a budget would be cut anew by how fast the machine is at the moment.
  const planned = await assay(chain, [
    'clean',
    'day-1.csv',
    '--out',
    'out',
    ...roles,
    '--budget',
    '1s',
    '--quiet',
    '--plan',
  ]);
  if (planned.code !== 0) throw new Error(planned.said);
  writeFileSync(path.join(chain, 'plan.json'), planned.out);
  const plan = ['--plan', 'plan.json', '--quiet'];
  await disturb('clean', chain, ['clean', 'day-1.csv', '--out', 'out', ...roles, ...plan], ['day-1.csv', 'plan.json']);
  const replay = path.join(base, 'apply');
  mkdirSync(replay);
  writeFileSync(path.join(replay, 'day-2.csv'), clicks(2, 100_000));
  writeFileSync(path.join(replay, 'recipe.yaml'), readFileSync(path.join(chain, 'out/recipe.yaml')));
  const args = ['apply', 'recipe.yaml', 'day-2.csv', '--out', 'out'];
  await disturb('apply', replay, args, ['day-2.csv', 'recipe.yaml']);
} finally {
  rmSync(base, { recursive: true, force: true });
}
writeFileSync(new URL('results/kill.txt', import.meta.url), [...lines, ''].join('\n'));
process.exit(short > 0 ? 1 : 0);
