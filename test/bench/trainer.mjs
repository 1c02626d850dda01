// The built-in trainer beside scikit-learn, xgboost and LightGBM, on one thread: `npm run bench -- trainer [quick]`.
// Prints CPU time per tree (101 trees less 1, so that binning, gathering and start-up fall out), trials a minute of two
// workers, mean AUC over five sets, and one demo-sized trial. Bars hold for the versions that ASSAY_PYTHON
// (/usr/bin/python3) has; the current releases are installed into test/bench/work for comparison. `quick` does one
// round of the smaller set. With ASSAY_EARLIER, the folder of an earlier built version, its demo-sized trial is timed
// in turns with ours.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createRun } from '../../dist/src/core/run.js';
import { asIs } from '../../dist/src/models/frame/overlay.js';
import { createKernel } from '../../dist/src/models/gbdt/kernel/choose.js';
import { trainTrial } from '../../dist/src/models/gbdt/train.js';
import { createTrainer } from '../../dist/src/models/pool/trainer.js';
import { defaultParameters } from '../../dist/src/models/trainer.js';
import { auc } from '../../dist/src/stats/auc.js';
import { frameOf } from './trainer/frame.mjs';
import { currentReleases, startPython, writeSet } from './trainer/python.mjs';
import { clickLog } from './trainer/set.mjs';

const quick = process.argv[2] === 'quick';
const test = 100_000;
const trees = 100;
/** Chosen before any of these sets was looked at. */
const paritySeeds = [1, 2, 3, 4, 5];
const parityRows = 300_000;
const barPython = process.env.ASSAY_PYTHON ?? '/usr/bin/python3';
const parameters = { ...defaultParameters, rounds: trees, bagging: 1 };
const lines = [];
const figures = [];
const say = (line) => {
  console.log(line);
  lines.push(line);
};
/** Bars: `least` for at least, `most` for at most; a stretch is printed beside. */
const figure = (name, value, digits, { least, most, stretch }) => {
  const bar = least ?? most;
  const ok = bar === undefined || (least === undefined ? value <= bar : value >= bar);
  const sign = least === undefined ? '<=' : '>=';
  const held = bar === undefined ? 'no bar' : `bar ${sign} ${bar} ${ok ? 'ok' : 'short'}`;
  const more = stretch === undefined ? '' : ` (stretch ${sign} ${stretch})`;
  figures.push(ok);
  say(`figure trainer.${name} ${value.toFixed(digits)} ${held}${more}`);
};
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;

/** CPU seconds of this process while `work` runs. */
function cpuSeconds(work) {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

const none = new Int32Array(0);
const kernel = createKernel();

/** Milliseconds a tree of each trainer, one list of rounds each. */
async function timePerTree(frame, pythons, rows, rounds) {
  const overlay = asIs(frame);
  const ours = (count) =>
    cpuSeconds(() => {
      const trial = { overlay, parameters: { ...parameters, rounds: count }, seed: 1, score: none };
      trainTrial(frame, trial, undefined, kernel);
    });
  const times = new Map([['assay', []]]);
  ours(3);
  for (let round = 0; round < rounds; round++) {
    times.get('assay').push((ours(trees + 1) - ours(1)) * (1000 / trees));
    for (const python of pythons)
      for (const [library, version] of Object.entries(python.libraries)) {
        const long = await python.fit({ library, rows, rounds: trees + 1 });
        const short = await python.fit({ library, rows, rounds: 1 });
        const name = `${library} ${version}`;
        times.set(name, [...(times.get(name) ?? []), (long.seconds - short.seconds) * (1000 / trees)]);
      }
  }
  return times;
}

function reportTimes(name, times, barred) {
  const own = times.get('assay');
  for (const [trainer, list] of times) {
    const ratios = own.map((t, i) => t / list[i]);
    const range = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
    say(`${name}  ${trainer.padEnd(20)} ${median(list).toFixed(2).padStart(8)} ms a tree, ours ${range} of it`);
  }
  for (const [trainer, list] of times) {
    if (trainer === 'assay') continue;
    const [library] = trainer.split(' ');
    const bars = { sklearn: { most: 0.6, stretch: 0.4 }, xgboost: { most: 0.7, stretch: 0.5 } };
    const ratio = median(own.map((t, i) => t / list[i]));
    figure(`${name}-time-vs-${trainer.replace(' ', '-')}`, ratio, 2, barred.has(trainer) ? bars[library] : {});
  }
}

/** AUC of one fit on each of some sets, by trainer: each set is a world of its own, with test rows of its own. */
async function aucsOn(seeds) {
  const aucs = new Map([['assay', []]]);
  const score = Int32Array.from({ length: test }, (_, i) => i);
  for (const seed of seeds) {
    const set = clickLog(parityRows, seed);
    const frame = frameOf(set, test, parityRows);
    const trial = { overlay: asIs(frame), parameters, seed: 1, score };
    aucs.get('assay').push(auc(trainTrial(frame, trial, undefined, kernel).scores, set.label.subarray(0, test)));
    const folder = mkdtempSync(join(tmpdir(), 'assay-trainer-'));
    writeSet(folder, set);
    const python = await startPython(barPython, folder, set.columns, test);
    for (const library of Object.keys(python.libraries)) {
      const found = await python.fit({ library, rows: parityRows, rounds: trees, score: true });
      aucs.set(library, [...(aucs.get(library) ?? []), found.auc]);
    }
    python.close();
    rmSync(folder, { recursive: true });
  }
  return aucs;
}

/** AUC of one fit, that of the first set, and on average over five sets. */
async function parity() {
  const aucs = await aucsOn(paritySeeds);
  const seeds = paritySeeds.join(' ');
  for (const [name, list] of aucs) {
    const each = list.map((a) => a.toFixed(4)).join(' ');
    say(`set 2  AUC of ${name.padEnd(8)} ${mean(list).toFixed(4)} on average over sets of seeds ${seeds}: ${each}`);
  }
  const short = (pick) => Math.max(...[...aucs].slice(1).map(([, list]) => pick(list))) - pick(aucs.get('assay'));
  figure(`auc-below-better-mean-of-${paritySeeds.length}`, short(mean), 5, { most: 0.0015 });
  figure(
    'auc-below-better-one-fit',
    short(([one]) => one),
    5,
    { most: 0.003 },
  );
}

/**
 * Trials whose labels differ, with scores of the test rows and their AUC, over two workers; and, in CPU time so that
 * neither the machine nor its load counts, how many fits of scikit-learn (which bins anew each time) one of them is.
 */
async function throughput(set, frame, python) {
  const run = createRun({ engine: null, threads: 2 });
  const trainer = await createTrainer(frame, run);
  const all = asIs(frame);
  const score = Int32Array.from({ length: test }, (_, i) => i);
  const trials = Array.from({ length: quick ? 4 : 12 }, (_, seed) => {
    const label = all.label.map((y, i) => (Math.imul(i + 1, 2654435761 + 2 * seed) >>> 0 < 2 ** 26 ? 1 - y : y));
    return { overlay: { ...all, label }, parameters, seed, score };
  });
  await trainer.train(trials.slice(0, 2));
  const start = performance.now();
  const cpu = process.cpuUsage();
  const results = await trainer.train(trials);
  const aucs = results.map(({ scores }) => auc(scores, set.label.subarray(0, test)));
  const minutes = (performance.now() - start) / 60_000;
  const { user, system } = process.cpuUsage(cpu);
  const each = (user + system) / 1e6 / trials.length;
  await run.close();
  say(
    `trials  ${trials.length} of 200,000 rows x 40 columns x ${trees} trees, mean AUC ${mean(aucs).toFixed(4)}, ${each.toFixed(2)} s CPU each`,
  );
  figure('trials-a-minute-on-2-cores', trials.length / minutes, 1, { least: 85, stretch: 120 });
  if (python?.libraries.sklearn === undefined) return;
  const fits = [];
  for (let i = 0; i < 3; i++)
    fits.push((await python.fit({ library: 'sklearn', rows: frame.rows, rounds: trees })).seconds);
  say(
    `fits    of scikit-learn ${python.libraries.sklearn} on the same rows, without scores: ${median(fits).toFixed(2)} s CPU each`,
  );
  figure('trials-in-the-time-of-a-fit-of-sklearn', median(fits) / each, 2, {});
}

/** One trial of the demo's size with bagging and scores: CPU seconds with each kernel and of an earlier version. */
async function demoSized(set) {
  const rows = 166_000;
  const narrow = { ...set, columns: 20, values: new Float32Array(rows * 20) };
  for (let row = 0; row < rows; row++)
    for (let c = 0; c < 20; c++) narrow.values[row * 20 + c] = set.values[row * set.columns + 2 * c];
  const frame = frameOf(narrow, 33_000, rows);
  const score = Int32Array.from({ length: 33_000 }, (_, i) => i);
  const trial = { overlay: asIs(frame), parameters: defaultParameters, seed: 1, score };
  const trainers = new Map([
    ['now', () => trainTrial(frame, trial, undefined, kernel)],
    ['typescript', () => trainTrial(frame, trial, undefined, createKernel('typescript'))],
  ]);
  const earlier = process.env.ASSAY_EARLIER;
  if (earlier !== undefined) {
    const module = await import(pathToFileURL(join(earlier, 'dist/src/models/gbdt/train.js')).href);
    trainers.set('earlier', () => module.trainTrial(frame, trial));
  }
  const times = new Map([...trainers.keys()].map((name) => [name, []]));
  for (let round = 0; round < (quick ? 4 : 9); round++)
    for (const [name, train] of trainers) times.get(name).push(cpuSeconds(train));
  for (const [name, list] of times)
    say(`demo-sized trial, 133,000 rows x 20 columns x 60 trees, ${name.padEnd(10)} ${median(list).toFixed(3)} s CPU`);
  const speed = (name) => median(times.get('now').map((t, i) => times.get(name)[i] / t));
  figure('times-faster-than-typescript', speed('typescript'), 2, {});
  if (earlier !== undefined) figure('times-faster-than-earlier-version', speed('earlier'), 2, { least: 3 });
}

const set = clickLog(quick ? 300_000 : 1_100_000);
const truth = auc(set.logit.subarray(0, test), set.label.subarray(0, test));
const load = () => loadavg()[0].toFixed(1);
say(
  `${test} test rows, ${set.columns} columns, AUC of the true logit ${truth.toFixed(4)}; load before the run ${load()}`,
);
const folder = mkdtempSync(join(tmpdir(), 'assay-trainer-'));
const work = fileURLToPath(new URL('work/trainer', import.meta.url));
mkdirSync(work, { recursive: true });
const pythons = [];
try {
  writeSet(folder, set);
  await demoSized(set);
  const old = await startPython(barPython, folder, set.columns, test);
  if (old === null)
    say('no scikit-learn for the bars: set ASSAY_PYTHON, or install python3-sklearn and python3-xgboost');
  const venv = currentReleases(join(work, 'venv'));
  const current = venv === null ? null : await startPython(venv, folder, set.columns, test);
  pythons.push(...[old, current].filter((python) => python !== null));
  const barred = new Set(Object.entries(old?.libraries ?? {}).map((entry) => entry.join(' ')));
  const frame = frameOf(set, test, 300_000);
  await throughput(set, frame, old);
  reportTimes('set-2', await timePerTree(frame, pythons, 300_000, quick ? 1 : 3), barred);
  if (old !== null) await parity();
  if (!quick) {
    const large = frameOf(set, test, set.rows);
    reportTimes('set-3', await timePerTree(large, pythons, set.rows, 1), barred);
  }
} finally {
  for (const python of pythons) python.close();
  rmSync(folder, { recursive: true });
}
say(`node ${process.version}, ${execFileSync('nproc').toString().trim()} cores, load after the run ${load()}`);
const name = quick ? 'work/trainer/quick.txt' : 'results/trainer.txt';
writeFileSync(new URL(name, import.meta.url), `${lines.join('\n')}\n`);
process.exit(figures.every(Boolean) ? 0 : 1);
