// Time per tree and trials a minute of the built-in trainer, and with a Python that has scikit-learn its AUC beside it:
// npm run bench -- trainer [PYTHON]. Shapes: like the demo log, and the CTR-like set of test/bench/ctr-set.mjs.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRun } from '../../dist/src/core/run.js';
import { asIs } from '../../dist/src/models/frame/overlay.js';
import { numericBin, numericEdges } from '../../dist/src/models/frame/numeric-edges.js';
import { trainTrial } from '../../dist/src/models/gbdt/train.js';
import { createTrainer } from '../../dist/src/models/pool/trainer.js';
import { defaultParameters } from '../../dist/src/models/trainer.js';
import { auc } from '../../dist/src/stats/auc.js';
import { ctrSet } from './ctr-set.mjs';

const python = process.argv[2];
const seeds = [1, 2, 3];

const shared = (type, length) => new type(new SharedArrayBuffer(type.BYTES_PER_ELEMENT * length));

/** A binned frame of a set; its first `test` rows are scored, the rest are trained on. */
function frameOf({ rows, columns, values, label, test }) {
  const stride = Math.ceil(columns / 8) * 8;
  const bins = shared(Uint8Array, rows * stride);
  const meta = [];
  for (let c = 0; c < columns; c++) {
    const sample = new Float64Array(rows - test);
    let n = 0;
    for (let row = test; row < rows; row++) {
      const v = values[row * columns + c];
      if (!Number.isNaN(v)) sample[n++] = v;
    }
    const edges = numericEdges(sample.subarray(0, n));
    meta.push({ binCount: edges.length + 1, binning: { kind: 'numeric', edges }, feature: { kind: 'numeric' } });
    for (let row = 0; row < rows; row++) {
      const v = values[row * columns + c];
      bins[row * stride + c] = Number.isNaN(v) ? 255 : numericBin(edges, v);
    }
  }
  const labels = shared(Uint8Array, rows);
  labels.set(label);
  const keys = shared(BigInt64Array, rows);
  for (let row = 0; row < rows; row++) keys[row] = BigInt(row);
  const part = Uint8Array.from({ length: rows }, (_, row) => (row < test ? 2 : 0));
  return {
    rows,
    stride,
    bins,
    columns: meta,
    label: labels,
    weight: null,
    keys,
    part,
    unit: null,
    units: rows,
    time: null,
  };
}

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const cpuMs = (from) => {
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
};

async function bench(name, set, parameters) {
  const frame = frameOf(set);
  const score = Int32Array.from({ length: set.test }, (_, i) => i);
  const truth = set.label.subarray(0, set.test);
  const overlay = asIs(frame);
  const times = [];
  const aucs = [];
  // Without bagging every seed gives the same model, so one shows it.
  for (const seed of parameters.bagging < 1 ? [0, ...seeds] : [0, 1]) {
    const start = process.cpuUsage();
    const { scores } = trainTrial(frame, { overlay, parameters, seed, score });
    if (seed > 0) times.push(cpuMs(start));
    if (seed > 0) aucs.push(auc(scores, truth));
  }
  const { rounds, leaves, bagging } = parameters;
  console.log(
    `${name}: ${set.rows - set.test} rows x ${set.columns} columns, ${rounds} trees, ${leaves} leaves, bagging ${bagging}`,
  );
  console.log(
    `  one training, scoring included: ${median(times).toFixed(0)} ms CPU, ${(median(times) / rounds).toFixed(2)} ms a tree`,
  );
  console.log(
    `  AUC ${aucs.map((a) => a.toFixed(4)).join(' ')}, of the true logit ${auc(set.logit.subarray(0, set.test), truth).toFixed(4)}`,
  );
  const run = createRun({ engine: null, threads: 2 });
  const trainer = await createTrainer(frame, run);
  const trials = Array.from({ length: 4 }, (_, seed) => ({ overlay, parameters, seed, score }));
  await trainer.train(trials.slice(0, 2));
  const start = performance.now();
  await trainer.train(trials);
  console.log(`  two workers: ${((trials.length * 60_000) / (performance.now() - start)).toFixed(1)} trials a minute`);
  await run.close();
}

/** Mean AUC difference to scikit-learn on samples of the training rows, same settings, no bagging on either side. */
function parity(name, set, parameters) {
  const folder = mkdtempSync(join(tmpdir(), 'assay-trainer-'));
  try {
    writeFileSync(join(folder, 'x.f32'), Buffer.from(Float32Array.from(set.values).buffer));
    writeFileSync(join(folder, 'y.u8'), set.label);
    const plain = { ...parameters, bagging: 1 };
    const script = fileURLToPath(new URL('./trainer-sklearn.py', import.meta.url));
    const args = [script, folder, set.columns, set.test, plain.rounds, plain.leaves, plain.minLeafRows].map(String);
    execFileSync(python, args, { stdio: ['ignore', 'inherit', 'inherit'] });
    const theirs = JSON.parse(readFileSync(join(folder, 'sklearn.json'), 'utf8'));
    const frame = frameOf(set);
    const score = Int32Array.from({ length: set.test }, (_, i) => i);
    const truth = set.label.subarray(0, set.test);
    const all = asIs(frame);
    const differences = theirs.map(({ auc: other, kept }) => {
      // Every sample is a residue class left out, so that both sides see the same rows.
      const rows = all.rows.filter((row) => row % theirs.length !== kept);
      const overlay = { ...all, rows, label: Uint8Array.from(rows, (row) => frame.label[row]) };
      return auc(trainTrial(frame, { overlay, parameters: plain, seed: 1, score }).scores, truth) - other;
    });
    const mean = differences.reduce((a, b) => a + b, 0) / differences.length;
    console.log(
      `${name}: AUC minus scikit-learn's ${differences.map((d) => d.toFixed(4)).join(' ')}, mean ${mean.toFixed(4)}`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const demoLike = ctrSet({ train: 133_000, test: 33_000, columns: 20, rate: 0.017, seed: 1 });
const wide = ctrSet({ train: 200_000, test: 100_000, columns: 40, rate: 0.03, seed: 2 });
await bench('demo-like', demoLike, defaultParameters);
await bench('CTR-like', wide, { ...defaultParameters, rounds: 100, minLeafRows: 1, bagging: 1 });
if (python !== undefined) {
  parity('demo-like', demoLike, defaultParameters);
  parity('CTR-like', wide, { ...defaultParameters, rounds: 100 });
}
