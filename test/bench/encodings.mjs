// What encodings of ids are worth in AUC over frequency ranks, what they cost in time, and how fast the second model
// learns: `npm run bench -- encodings`. Set 2 is the click log of test/bench/trainer/set.mjs in three disjoint chunks of
// 200,000 training and 100,000 test rows; flights are three samples of 300,000 of the three million of 2001, delayed by
// more than 15 minutes or not, the first two thirds in time against the rest. 100 trees of 31 leaves, no bagging, same
// rows and folds. Finished cells are kept in test/bench/work/encodings.json: start again to go on.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDuckDb } from '../../dist/src/dataset/engines/duckdb/engine.js';
import { encode } from '../../dist/src/models/encoding/encode.js';
import { chooseEncoding } from '../../dist/src/models/encoding/choose-encoding.js';
import { planEncoding } from '../../dist/src/models/encoding/encoding.js';
import { asIs } from '../../dist/src/models/frame/overlay.js';
import { trainTrial } from '../../dist/src/models/gbdt/train.js';
import { createWeights, learn } from '../../dist/src/models/logistic/ftrl.js';
import { slotWriter } from '../../dist/src/models/logistic/slots.js';
import { trainLogistic } from '../../dist/src/models/logistic/train.js';
import { defaultParameters } from '../../dist/src/models/trainer.js';
import { auc } from '../../dist/src/stats/auc.js';
import { frameOf } from './encodings/frame.mjs';
import { clickLog } from './trainer/set.mjs';

const parameters = { ...defaultParameters, rounds: 100, bagging: 1 };
const chunks = 3;
const [train, test] = [200_000, 100_000];
const names = ['rank', 'te', 'te-sum', 'te-pair', 'default', 'logistic'];

const work = fileURLToPath(new URL('./work/encodings.json', import.meta.url));
const known = (() => {
  try {
    return JSON.parse(readFileSync(work, 'utf8'));
  } catch {
    return {};
  }
})();

/** The value of a cell, from the file where it was measured before. */
function cell(name, make) {
  if (known[name] === undefined) {
    known[name] = make();
    mkdirSync(path.dirname(work), { recursive: true });
    writeFileSync(work, JSON.stringify(known, null, 2));
  }
  return known[name];
}

const missing = (set) =>
  Array.from({ length: chunks }, (_, i) => i).filter((i) => names.some((n) => known[`${set} ${i} ${n}`] === undefined));

/** What the product does by itself: chosen on the last tenth of the training rows, before they are all trained on. */
async function standard(frame) {
  const train = frame.part.filter((part) => part === 0).length;
  const part = frame.part.map((p, row) => (p === 0 && row >= 0.9 * train ? 1 : p));
  const trainer = {
    frame: { ...frame, part },
    train: (trials) => Promise.resolve(trials.map((t) => trainTrial(frame, t))),
  };
  const { encoding } = await chooseEncoding(trainer, asIs(frame), 'auto', parameters);
  return encoding === null ? null : { ...encoding, seed: 1 };
}

async function measure(set, chunk, frame) {
  const chosen = (await standard(frame))?.name ?? 'rank';
  cell(`${set} ${chunk} chosen`, () => chosen);
  const overlay = asIs(frame);
  const score = Int32Array.from(frame.part.keys()).filter((row) => frame.part[row] === 2);
  const truth = Uint8Array.from(score, (row) => frame.label[row]);
  for (const name of names) {
    const plain = name === 'logistic' ? 'rank' : name === 'default' ? chosen : name;
    const encoding = planEncoding(frame, plain, 1);
    const trial = { overlay, parameters, seed: 1, score, ...(encoding === null ? {} : { encoding }) };
    cell(`${set} ${chunk} ${name}`, () =>
      auc((name === 'logistic' ? trainLogistic : trainTrial)(frame, trial).scores, truth),
    );
  }
}

const cpu = (job) => {
  const start = process.cpuUsage();
  job();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
};
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];

/** CPU seconds of the encodings and of one training with ranks, in turns; rows a second of the second model. */
function time(frame) {
  const overlay = asIs(frame);
  const score = Int32Array.from({ length: test }, (_, i) => train + i);
  const trialOf = (name) => {
    const encoding = planEncoding(frame, name, 1);
    return { overlay, parameters, seed: 1, score, ...(encoding === null ? {} : { encoding }) };
  };
  const seconds = { training: [], te: [], 'te-sum': [], 'te-pair': [] };
  trainTrial(frame, trialOf('rank'));
  encode(frame, trialOf('te'));
  for (let round = 0; round < 7; round++) {
    seconds.training.push(cpu(() => trainTrial(frame, trialOf('rank'))));
    for (const name of ['te', 'te-sum', 'te-pair']) seconds[name].push(cpu(() => encode(frame, trialOf(name))));
  }
  return Object.fromEntries(Object.entries(seconds).map(([name, list]) => [name, median(list)]));
}

/** Rows a second, in CPU time, of the median and the least disturbed of 39 passes over the 15 categorical columns; slots made before, 2^22 weights. */
function speed(frame) {
  const columns = [...frame.columns.keys()].filter((c) => frame.columns[c].feature.kind === 'categorical');
  const rows = Int32Array.from({ length: train }, (_, i) => i);
  const slots = new Int32Array(train * columns.length);
  const writing = cpu(() => slotWriter(frame, asIs(frame), columns, 2 ** 22 - 1)(rows, 0, train, slots));
  const label = frame.label.slice(0, train);
  const weight = new Float64Array(train).fill(1);
  const weights = createWeights(2 ** 22);
  const passes = Array.from({ length: 41 }, () =>
    cpu(() => learn(weights, slots, columns.length, train, label, weight, -3)),
  );
  const warm = passes.slice(2);
  const pace = (seconds) => train / seconds / 1e6;
  return { rows: pace(median(warm)), best: pace(Math.min(...warm)), hashing: (writing / train) * 1e6 };
}

function chunkOf(log, i) {
  const at = (row) => (row < train ? i * train + row : chunks * train + i * test + row - train);
  const columns = Array.from({ length: log.columns }, (_, c) => ({
    categorical: c >= 25,
    of: (row) => log.values[at(row) * log.columns + c],
  }));
  const label = Uint8Array.from({ length: train + test }, (_, row) => log.label[at(row)]);
  return frameOf({ rows: train + test, train, columns, label });
}

if (missing('set 2').length > 0 || known.time === undefined || known.speed === undefined) {
  const log = clickLog(chunks * (train + test));
  for (const i of missing('set 2')) await measure('set 2', i, chunkOf(log, i));
  const frame = chunkOf(log, 0);
  cell('time', () => time(frame));
  cell('speed', () => speed(frame));
}

const flights = fileURLToPath(new URL('../data/flights-3m.parquet', import.meta.resolve('vega-datasets')));
async function flightsOf(engine, i) {
  const call = { id: 'bench', signal: new AbortController().signal };
  const sql = `WITH picked AS (SELECT *, file_row_number AS n FROM read_parquet('${flights}', file_row_number = true)
      WHERE hash(file_row_number) % 10 = ${i})
    SELECT CAST(dense_rank() OVER (ORDER BY origin) AS DOUBLE) AS origin,
      CAST(dense_rank() OVER (ORDER BY destination) AS DOUBLE) AS destination,
      CAST(dense_rank() OVER (ORDER BY origin, destination) AS DOUBLE) AS route,
      CAST(hour(date) AS DOUBLE) AS hour, CAST(dayofweek(date) AS DOUBLE) AS weekday,
      CAST(distance AS DOUBLE) AS distance, CAST(delay > 15 AS INTEGER) AS late
    FROM picked ORDER BY date, n`;
  const values = {};
  for await (const { columns } of engine.batches({ sql }, call))
    for (const { name, values: some } of columns) (values[name] ??= []).push(...some);
  const rows = values.late.length;
  const columns = ['origin', 'destination', 'route', 'hour', 'weekday', 'distance'].map((name) => ({
    categorical: name !== 'distance',
    of: (row) => values[name][row],
  }));
  return frameOf({ rows, train: Math.floor((2 / 3) * rows), columns, label: Uint8Array.from(values.late) });
}
if (missing('flights').length > 0) {
  const temp = mkdtempSync(path.join(tmpdir(), 'assay-bench-'));
  const engine = await createDuckDb({ memory: '1GB', threads: 2, temp });
  try {
    for (const i of missing('flights')) await measure('flights', i, await flightsOf(engine, i));
  } finally {
    await engine.close();
    rmSync(temp, { recursive: true });
  }
}

const lines = [];
const say = (line) => {
  console.log(line);
  lines.push(line);
};
let short = 0;
const figure = (name, value, least, digits = 4) => {
  const ok = least < 0 || name.startsWith('gain') || name.startsWith('speed') ? value >= least : value <= least;
  if (!ok) short++;
  const op = name.startsWith('share') ? '<=' : '>=';
  say(`figure ${name} ${value.toFixed(digits)} bar ${op} ${least} ${ok ? 'ok' : 'short'}`);
};
const gains = (set, name) =>
  Array.from({ length: chunks }, (_, i) => known[`${set} ${i} ${name}`] - known[`${set} ${i} rank`]);
const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;

say('Encodings of ids: AUC of 100 trees x 31 leaves, no bagging, three chunks each');
for (const set of ['set 2', 'flights'])
  for (const name of names) {
    const cells = Array.from({ length: chunks }, (_, i) => known[`${set} ${i} ${name}`]);
    say(
      `${set.padEnd(8)} ${name.padEnd(9)} ${cells.map((v) => v.toFixed(4)).join(' ')}  mean ${mean(cells).toFixed(4)}`,
    );
  }
const { time: seconds, speed: pace } = known;
say(
  `CPU seconds on 200,000 + 100,000 rows: training ${seconds.training.toFixed(2)}, te ${seconds.te.toFixed(3)}, te-sum ${seconds['te-sum'].toFixed(3)}, te-pair ${seconds['te-pair'].toFixed(3)}`,
);
say(
  `Logistic, median of 39 passes ${pace.rows.toFixed(2)}M rows/s, least disturbed ${pace.best.toFixed(2)}M, at 2^22 weights and 15 columns; hashing ${pace.hashing.toFixed(2)} s per 1M rows`,
);
figure('gain-set-2-te-mean', mean(gains('set 2', 'te')), 0.045);
figure('gain-set-2-te-least', Math.min(...gains('set 2', 'te')), 0.035);
figure('gain-set-2-te-sum-mean', mean(gains('set 2', 'te-sum')), 0.055);
figure('gain-set-2-default-mean', mean(gains('set 2', 'default')), 0.045);
figure('gain-flights-default-mean', mean(gains('flights', 'default')), -0.003);
figure('gain-flights-te-pair-mean', mean(gains('flights', 'te-pair')), 0.009);
figure('share-te-of-a-training', seconds.te / seconds.training, 0.03);
figure('speed-logistic-million-rows', pace.rows, 3, 2);
const results = new URL('./results/', import.meta.url);
mkdirSync(results, { recursive: true });
writeFileSync(new URL('encodings.txt', results), `${lines.join('\n')}\n`);
process.exitCode = short > 0 ? 1 : 0;
