import type { PutColumn } from '../../src/core/engine.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import { join } from 'node:path';
import { createRandom } from '../../src/core/random.js';
import { openStudy } from '../../src/dataset/open.js';

const roles = { label: 'click', positive: '1', time: 'time', user: 'user', item: 'item', position: 'place' } as const;

/**
 * A small honest click log over 20 days: labels follow `amount`, `score` and `device`; nothing is missing, repeated,
 * contradicted or drifting.
 */
export async function generatedStudy(rows: number, folder: string, run: Run): Promise<Study> {
  const train = await generated('log', rows, 11, folder, run);
  return openStudy({ train, ...roles, cache: join(folder, 'cache') }, run);
}

/** The same log with a test file of its own, a quarter as long. */
export async function generatedStudyWithTest(rows: number, folder: string, run: Run): Promise<Study> {
  const train = await generated('log', rows, 11, folder, run);
  const test = await generated('test', rows / 4, 12, folder, run);
  return openStudy({ train, test, ...roles, cache: join(folder, 'cache') }, run);
}

/** The same log with what serving logged of it: all columns but the label, joined by the time. */
export async function generatedStudyWithServing(rows: number, folder: string, run: Run): Promise<Study> {
  const train = await generated('log', rows, 11, folder, run);
  const serve = join(folder, 'served.parquet');
  await run.engine.write({ sql: 'SELECT * EXCLUDE (click) FROM generated' }, { kind: 'parquet', path: serve }, run);
  return openStudy({ train, serve, ...roles, key: ['time'], cache: join(folder, 'cache') }, run);
}

/** The same log, its rows from five countries; each has cities of its own and is like the others in all else. */
export async function generatedStudyWithDomain(rows: number, folder: string, run: Run): Promise<Study> {
  const train = await generated('log', rows, 11, folder, run);
  return openStudy({ train, ...roles, domain: 'country', cache: join(folder, 'cache') }, run);
}

/** The same log with a vector of each user, Gaussian and of unlike norms; it repeats with the user. */
export async function generatedStudyWithVectors(rows: number, folder: string, run: Run): Promise<Study> {
  await generated('log', rows, 11, folder, run);
  const train = join(folder, 'vectors.parquet');
  const { dialect } = run.engine;
  const [a, b] = ['vectors-a', 'vectors-b'].map((seed) => dialect.uniform(seed, 'CAST(100 * "user" + j AS BIGINT)'));
  const vector = `list_transform(range(1, 9), lambda j: sqrt(-2 * ln(1 - ${a})) * cos(6.283185307179586 * ${b}))`;
  const sql = `SELECT *, CAST(${vector} AS FLOAT[]) AS vector FROM generated`;
  await run.engine.write({ sql }, { kind: 'parquet', path: train }, run);
  return openStudy({ train, ...roles, cache: join(folder, 'cache') }, run);
}

async function generated(name: string, rows: number, seed: number, folder: string, run: Run): Promise<string> {
  const path = join(folder, `${name}.parquet`);
  await run.engine.put('generated', columnsOf(rows, seed), run);
  await run.engine.write({ sql: 'SELECT * FROM generated' }, { kind: 'parquet', path }, run);
  return path;
}

function columnsOf(rows: number, seed: number): readonly PutColumn[] {
  const random = createRandom(seed).fork('contract');
  const draw = (name: string): Float64Array => {
    const fork = random.fork(name);
    return Float64Array.from({ length: rows }, (_, i) => fork.at(i));
  };
  const bell = (name: string): Float64Array => {
    const [a, b, c, d] = [0, 1, 2, 3].map((j) => draw(`${name}${j}`));
    return Float64Array.from({ length: rows }, (_, i) => Math.sqrt(3) * (a![i]! + b![i]! + c![i]! + d![i]! - 2));
  };
  const amount = bell('amount').map((z) => Math.round((20 + 4 * z) * 1000) / 1000);
  const score = bell('score').map((z) => Math.round(z * 10_000) / 10_000);
  const spread = bell('spread').map((z) => Math.round(z * 10_000) / 10_000);
  const device = [...draw('device')].map((u) => (u < 0.5 ? 'phone' : u < 0.8 ? 'desk' : 'tv'));
  const level = Int32Array.from(draw('level'), (u) => 1 + Math.floor(6 * u));
  const cities = ['Lisbon', 'Oslo', 'Graz', 'Leipzig', 'Verona', 'Bergen', 'Salzburg', 'Coimbra', 'Hamburg', 'Palermo'];
  const countries = [
    'Portugal',
    'Norway',
    'Austria',
    'Germany',
    'Italy',
    'Norway',
    'Austria',
    'Portugal',
    'Germany',
    'Italy',
  ];
  const place = [...draw('city')].map((u) => Math.floor(u * cities.length));
  const user = Int32Array.from(draw('user'), (u) => Math.floor(u * Math.max(1, rows / 4)));
  const click = Int32Array.from(draw('click'), (u, i) => {
    const logit = -1 + 0.3 * (amount[i]! - 20) + 0.8 * score[i]! + (device[i] === 'phone' ? 0.5 : 0);
    return Number(u < 1 / (1 + Math.exp(-logit)));
  });
  const day = 86_400_000_000n;
  const start = 1_767_571_200_000_000n;
  const time = BigInt64Array.from(
    { length: rows },
    (_, i) => start + (BigInt(i) * 20n * day) / BigInt(Math.max(1, rows)),
  );
  return [
    { name: 'time', type: 'TIMESTAMP', values: time },
    { name: 'click', type: 'INTEGER', values: click },
    { name: 'user', type: 'INTEGER', values: user },
    { name: 'device', type: 'VARCHAR', values: device },
    { name: 'amount', type: 'DOUBLE', values: amount },
    { name: 'score', type: 'DOUBLE', values: score },
    { name: 'spread', type: 'DOUBLE', values: spread },
    { name: 'level', type: 'INTEGER', values: level },
    { name: 'city', type: 'VARCHAR', values: place.map((i) => cities[i]!) },
    { name: 'country', type: 'VARCHAR', values: place.map((i) => countries[i]!) },
    { name: 'item', type: 'INTEGER', values: Int32Array.from(draw('item'), (u) => Math.floor(40 * u)) },
    { name: 'place', type: 'INTEGER', values: Int32Array.from(draw('place'), (u) => 1 + Math.floor(8 * u)) },
    { name: 'width', type: 'VARCHAR', values: [...draw('width')].map((u) => String(30 + Math.floor(30 * u))) },
  ];
}
