// A generated click log (50,000 rows or as many as asked for, 3% positive) with honest columns and known leaks, each column under its own name.
import path from 'node:path';
import { createRandom } from '../../../dist/src/core/random.js';
import { openStudy } from '../../../dist/src/dataset/open.js';

const days = 14;

/** Leaks that only the rows of other moments tell. */
export const laterRates = ['user_rate_future', 'user_rate_all_but_own'];

export const leaks = [
  'dwell',
  'null_when_negative',
  'user_rate_future',
  'user_rate_all_but_own',
  'user_rate_with_own',
  'item_rate_with_own',
];

const roles = { label: 'label', positive: '1', time: 't', user: 'user', item: 'item' };

export async function openLeakyLog(seed, folder, cache, run) {
  const file = await writeLeakyLog(seed, 50_000, folder, run);
  return openStudy({ train: file, ...roles, cache }, run);
}

export function openLeakyFile(file, cache, run) {
  return openStudy({ train: file, ...roles, cache }, run);
}

/** Ten rows a user; items grow more slowly than rows. */
export async function writeLeakyLog(seed, rows, folder, run) {
  const file = path.join(folder, `leaky-${seed}-${rows}.parquet`);
  await run.engine.put('leaky', columnsOf(seed, rows), run);
  await run.engine.write({ sql: 'SELECT * FROM leaky' }, { kind: 'parquet', path: file }, run);
  await run.engine.drop('leaky', run);
  return file;
}

function columnsOf(seed, rows) {
  const [users, items] = [rows / 10, Math.round(1000 * (rows / 50_000) ** 0.75)];
  const root = createRandom(seed).fork('leaky');
  const uniform = (name, n = rows) => {
    const out = new Float64Array(n);
    root.fork(name).fill(
      Int32Array.from({ length: n }, (_, i) => i),
      out,
    );
    return out;
  };
  const normal = (name, n = rows) => {
    const [a, b] = [uniform(`${name}/a`, n), uniform(`${name}/b`, n)];
    return a.map((u, i) => Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * b[i]));
  };
  const zipf = (name, n, power) => {
    const weights = Float64Array.from({ length: n }, (_, i) => (i + 1) ** -power);
    let sum = 0;
    const cumulated = weights.map((w) => (sum += w));
    return Int32Array.from(uniform(name), (u) => {
      let [low, high] = [0, n - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (cumulated[middle] < u * sum) low = middle + 1;
        else high = middle;
      }
      return low;
    });
  };
  const user = zipf('user', users, 0.7);
  const item = zipf('item', items, 0.8);
  const t = uniform('t')
    .map((u) => u * days * 86_400)
    .sort();
  const factors = [0, 1, 2, 3].map((f) => [normal(`u${f}`, users), normal(`i${f}`, items)]);
  const q = normal('q', items).map((z) => 0.8 * z);
  const a = normal('a', users).map((z) => 0.8 * z);
  const price = normal('price', items).map((z) => Math.exp(3 + z));
  const position = uniform('position').map((u) => 1 + Math.min(9, Math.floor(Math.log(1 - u) / Math.log(0.75))));
  const device = uniform('device', users).map((u) => Math.floor(3 * u));
  const affinity = user.reduce((out, u, i) => {
    out[i] = factors.reduce((sum, [x, y]) => sum + x[u] * y[item[i]], 0);
    return out;
  }, new Float64Array(rows));
  const score = affinity.map((v, i) => {
    const [u, m] = [user[i], item[i]];
    const hour = Math.floor(t[i] / 3600) % 24;
    return (
      1.1 * q[m] +
      1.1 * a[u] +
      0.8 * v -
      0.25 * (position[i] - 1) +
      0.3 * Math.sin(hour / 3.82) -
      0.25 * Math.log(price[m]) +
      0.3 * Number(device[u] === 1)
    );
  });
  const at = (shift) => score.reduce((sum, f) => sum + 1 / (1 + Math.exp(-f - shift)), 0) / rows;
  let [low, high] = [-15, 5];
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (at(middle) < 0.03) low = middle;
    else high = middle;
  }
  const y = Int32Array.from(uniform('y'), (u, i) => Number(u < 1 / (1 + Math.exp(-score[i] - low))));
  const noise = (name, of, sd) => normal(name).map((z, i) => of(i) + sd * z);
  const wait = uniform('wait').map((u) => -30 * Math.log(1 - u));
  const stray = uniform('stray');
  const ofUser = ratesOf(user, users, y);
  const ofItem = ratesOf(item, items, y);
  const tenth = uniform('tenth');
  const nullable = normal('nullable');
  const kept = Uint8Array.from(y, (label, i) => Number(label === 1 || stray[i] >= 0.9));
  const start = BigInt(Date.UTC(2026, 0, 5)) * 1000n;
  return [
    { name: 't', type: 'TIMESTAMP', values: BigInt64Array.from(t, (s) => start + BigInt(Math.round(s * 1e6))) },
    { name: 'label', type: 'INTEGER', values: y },
    { name: 'user', type: 'INTEGER', values: user },
    { name: 'item', type: 'INTEGER', values: item },
    float('position', position),
    float(
      'hour',
      t.map((s) => Math.floor(s / 3600) % 24),
    ),
    float(
      'device',
      Array.from(user, (u) => device[u]),
    ),
    float(
      'age',
      Array.from(user, (u) => 18 + ((u * 37) % 52)),
    ),
    float(
      'price',
      Array.from(item, (m) => price[m]),
    ),
    float(
      'item_ctr',
      noise('item_ctr', (i) => q[item[i]], 0.3),
    ),
    float(
      'user_ctr',
      noise('user_ctr', (i) => a[user[i]], 0.4),
    ),
    float(
      'affinity',
      noise('affinity', (i) => affinity[i], 0.7),
    ),
    float('noise', normal('noise')),
    float(
      'strong',
      noise('strong', (i) => score[i], 0.3),
    ),
    float('user_rate_past', ofUser.past),
    float('item_rate_past', ofItem.past),
    float(
      'row_number',
      Array.from({ length: rows }, (_, i) => i),
    ),
    float(
      'dwell',
      Array.from(y, (label, i) => (label === 1 || stray[i] < 0.02 ? wait[i] : 0)),
    ),
    float('null_when_negative', nullable, kept),
    float('user_rate_future', ofUser.future),
    float('user_rate_all_but_own', ofUser.allButOwn),
    float('user_rate_with_own', ofUser.withOwn),
    float('item_rate_with_own', ofItem.withOwn),
    float(
      'label_and_noise',
      noise('label_and_noise', (i) => y[i], 0.5),
    ),
    float(
      'copied_on_tenth',
      Array.from(y, (label, i) => Number(label === 1 && tenth[i] < 0.1)),
    ),
  ];
}

function float(name, values, valid = null) {
  return { name, type: 'DOUBLE', values: Float64Array.from(values), valid };
}

/** Rates of a unit's rows in time order, shrunk by five rows at the mean. */
function ratesOf(unit, count, y) {
  const mean = y.reduce((sum, v) => sum + v, 0) / y.length;
  const [total, events] = [new Float64Array(count), new Float64Array(count)];
  unit.forEach((u, i) => {
    total[u] += y[i];
    events[u]++;
  });
  const [before, seen] = [new Float64Array(count), new Float64Array(count)];
  const shrunk = (sum, n) => (sum + 5 * mean) / (n + 5);
  const out = { past: [], future: [], allButOwn: [], withOwn: [] };
  unit.forEach((u, i) => {
    out.past.push(shrunk(before[u], seen[u]));
    out.future.push(shrunk(total[u] - before[u] - y[i], events[u] - seen[u] - 1));
    out.allButOwn.push(shrunk(total[u] - y[i], events[u] - 1));
    out.withOwn.push(shrunk(total[u], events[u]));
    before[u] += y[i];
    seen[u]++;
  });
  return out;
}
