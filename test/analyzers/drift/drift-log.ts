import type { PutColumn } from '../../../src/core/engine.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import { join } from 'node:path';
import { createRandom } from '../../../src/core/random.js';
import { everything } from '../../../src/dataset/sql/shapes/everything.js';
import { openStudy } from '../../../src/dataset/open.js';

/** A log of 20 days from Monday, 5 January 2026, `perDay` rows each; every row has a user, a price and a country. */
export interface Row {
  /** Days since the start, with fraction. */
  readonly t: number;
  readonly user: number;
  country: string;
  price: number;
  cents: number;
  device: number;
  click: number;
}

const start = Date.UTC(2026, 0, 5);
const days = 20;
const countries = ['de', 'fr', 'it', 'pl'] as const;

/** Stores a log as Parquet, each row changed by `damage` first, and opens it. */
export async function driftLog(
  folder: string,
  name: string,
  run: Run,
  damage: (row: Row) => void = () => {},
  perDay: number = 400,
): Promise<Study> {
  const rows = honestRows(perDay);
  rows.forEach(damage);
  await run.engine.put(name, columnsOf(rows), run);
  const train = join(folder, `${name}.parquet`);
  await run.engine.write(everything(name), { kind: 'parquet', path: train }, run);
  const roles = { label: 'click', positive: '1', time: 'time', user: 'user' };
  return openStudy({ train, ...roles, cache: join(folder, 'cache') }, run);
}

function honestRows(perDay: number): Row[] {
  const random = createRandom(7).fork('drift-log');
  const names = ['user', 'country', 'device', 'click', 'a', 'b', 'c', 'd'] as const;
  const forks = new Map(names.map((name) => [name, random.fork(name)]));
  const u = (name: (typeof names)[number], i: number): number => forks.get(name)!.at(i);
  return Array.from({ length: days * perDay }, (_, i): Row => {
    const user = Math.floor(600 * u('user', i) ** 1.5);
    const z = Math.sqrt(3) * (u('a', i) + u('b', i) + u('c', i) + u('d', i) - 2);
    const price = Math.round(100 * Math.exp(3 + 0.7 * z)) / 100;
    return {
      t: i / perDay,
      user,
      country: countries[Math.floor(4 * u('country', user))]!,
      price,
      cents: Math.round(100 * price),
      device: Math.floor(3 * u('device', user)),
      click: Number(u('click', i) < 0.15),
    };
  });
}

function columnsOf(rows: readonly Row[]): readonly PutColumn[] {
  const whole = (of: (row: Row) => number): Int32Array => Int32Array.from(rows, of);
  const stamp = BigInt64Array.from(rows, ({ t }) => BigInt(Math.round(start + t * 86_400_000)) * 1000n);
  return [
    { name: 'time', type: 'TIMESTAMP', values: stamp },
    { name: 'click', type: 'INTEGER', values: whole((r) => r.click) },
    { name: 'user', type: 'INTEGER', values: whole((r) => r.user) },
    { name: 'country', type: 'VARCHAR', values: rows.map((r) => r.country) },
    { name: 'price', type: 'DOUBLE', values: Float64Array.from(rows, (r) => r.price) },
    { name: 'cents', type: 'INTEGER', values: whole((r) => r.cents) },
    { name: 'device', type: 'INTEGER', values: whole((r) => r.device) },
    { name: 'weekday', type: 'INTEGER', values: whole((r) => Math.floor(r.t) % 7) },
    { name: 'tenure', type: 'INTEGER', values: whole((r) => (r.user % 30) * (r.user % 30) + Math.floor(r.t)) },
  ];
}
