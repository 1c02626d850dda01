// How far off is the time left that a run tells after the first tenth of its trainings? `npm run bench -- eta`: three data
// sets, each with a budget of 30 and of 60 seconds, through the library. Writes test/bench/results/eta.txt and exits 1
// where the whole time of the trainings was told wrong by more than 30%.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { secondsLeft } from '../../dist/src/core/seconds-left.js';
import { makeDemo } from '../../dist/src/demo/make.js';
import { ablate, createDuckDb, createProgress, createRun } from '../../dist/src/index.js';

const temp = mkdtempSync(path.join(tmpdir(), 'assay-bench-eta-'));
const churn = fileURLToPath(new URL('../../fixtures/real/telco-churn.csv.gz', import.meta.url));

/** What the step `train` told after its first tenth, and how long it took. */
function watcher() {
  const seen = { started: 0, told: null, took: null };
  const listen = ({ path: [name, ...inner], state, done, total }) => {
    if (name !== 'train' || inner.length > 0) return;
    if (state === 'started') seen.started = performance.now();
    const elapsed = (performance.now() - seen.started) / 1000;
    if (state === 'ended') seen.took = elapsed;
    if (seen.told === null && state === 'advanced' && done >= total / 10)
      seen.told = { after: elapsed, whole: elapsed + secondsLeft(done, total, elapsed), of: total };
  };
  return { seen, listen };
}

async function watch(options, budget) {
  const engine = await createDuckDb({ threads: 2, memory: '2GB' });
  const { seen, listen } = watcher();
  const run = createRun({ engine, threads: 2, seed: 1, progress: createProgress(listen) });
  try {
    await ablate({ ...options, budget }, run);
  } finally {
    await run.close();
    await engine.close();
  }
  return seen;
}

async function demo(rows) {
  const engine = await createDuckDb({ threads: 2 });
  const run = createRun({ engine });
  const { train, roles } = await makeDemo({ rows, seed: 1, folder: path.join(temp, `demo-${rows}`) }, run);
  await engine.close();
  return { train, ...roles };
}

const sets = [
  { name: 'telco-churn', options: { train: churn } },
  { name: 'demo-20000', options: await demo(20_000) },
  { name: 'demo-100000', options: await demo(100_000) },
];
const lines = [`load ${loadavg()[0].toFixed(1)} before`];
let short = 0;
for (const { name, options } of sets) {
  for (const budget of [30, 60]) {
    const { told, took } = await watch(options, budget);
    if (told === null || took === null) throw new Error(`${name}: no time was told`);
    const off = Math.abs(told.whole - took) / took;
    const ok = off <= 0.3;
    if (!ok) short++;
    lines.push(
      `${name}, budget ${budget} s: after ${told.after.toFixed(1)} s of ${told.of} trainings ${told.whole.toFixed(1)} s were told, they took ${took.toFixed(1)} s`,
      `figure eta.${name}.${budget}s-off ${off.toFixed(3)} bar <= 0.3 ${ok ? 'ok' : 'short'}`,
    );
    console.log(lines.slice(-2).join('\n'));
  }
}
rmSync(temp, { recursive: true, force: true });
writeFileSync(new URL('results/eta.txt', import.meta.url), [...lines, ''].join('\n'));
process.exit(short > 0 ? 1 : 0);
