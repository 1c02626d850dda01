import type { FeatureColumns } from './features.js';
import type { World } from './world.js';
import { createRandom } from '../core/random.js';
import { cumulated, keysTo, normals, pick, sigmoid, uniforms } from './draws.js';
import { logits } from './logit.js';
import { dayCount, itemCount, userCount } from './world.js';

/** A generated log before any damage: row r of every array belongs to key r. */
export interface Log {
  readonly rows: number;
  readonly seed: number;
  /** Name of the sample; part of every draw's path, so that two samples of one seed share no draw. */
  readonly sample: string;
  readonly day: Int32Array;
  /** Milliseconds since the start of day 0. */
  readonly time: Float64Array;
  readonly columns: FeatureColumns;
  /** True logit of a click, before label drift. */
  readonly logit: Float64Array;
  /** A row is clicked where this uniform draw is below the click probability. */
  readonly clickDraw: Float64Array;
}

export interface LogOptions {
  readonly rows: number;
  readonly seed: number;
  readonly sample: string;
  /** Share of the month's traffic that is skipped at its start; .8 gives test days only. */
  readonly from: number;
}

/** Generates a log. Every draw is keyed by (seed, sample, stream, key): no row's draw depends on another row. */
export function generateLog(world: World, options: LogOptions): Log {
  const random = createRandom(options.seed).fork('demo').fork(options.sample);
  const keys = keysTo(options.rows);
  const clock = drawClock(uniforms(random, 'time', keys), uniforms(random, 'second', keys), options.from);
  const user = Int32Array.from(uniforms(random, 'user', keys), (u) => Math.floor(userCount * u ** 1.6));
  const item = Int32Array.from(uniforms(random, 'item', keys), (u) => Math.floor(itemCount * u * u));
  const visit = drawVisit((stream) => uniforms(random, stream, keys));
  const relevance = normals(random, 'relevance', keys).map((z) => round(Math.max(0, 0.35 + 0.27 * z), 3));
  const columns = {
    user,
    item,
    hour: clock.hour,
    weekday: clock.day.map((day) => day % 7),
    ...visit,
    ...userColumns(world, user, clock.day),
    category: item.map((i) => world.items.category[i]!),
    price: prices(world, item, visit.discount, normals(random, 'price', keys)),
    relevance,
    ...histories(world, options.seed, user, item, clock.day),
  };
  return {
    rows: options.rows,
    seed: options.seed,
    sample: options.sample,
    day: clock.day,
    time: clock.time,
    columns,
    logit: logits(world, columns, clock.day, normals(random, 'hidden', keys)),
    clickDraw: uniforms(random, 'click', keys),
  };
}

/** Traffic follows the hour of the day (peak at 20) and the day of the week (busy week-ends). */
function drawClock(
  traffic: Float64Array,
  second: Float64Array,
  from: number,
): { day: Int32Array; hour: Int32Array; time: Float64Array } {
  const byDay = [1, 1, 1, 1, 1.1, 1.3, 1.25];
  const weights = Array.from(
    { length: 24 * dayCount },
    (_, cell) => byDay[Math.floor(cell / 24) % 7]! * (1 + 0.7 * Math.cos((2 * Math.PI * ((cell % 24) - 20)) / 24)),
  );
  const ends = cumulated(weights);
  const cell = Int32Array.from(traffic, (u) => pick(ends, from + (1 - from) * u));
  return {
    day: cell.map((c) => Math.floor(c / 24)),
    hour: cell.map((c) => c % 24),
    time: Float64Array.from(cell, (c, row) => c * 3_600_000 + Math.floor(3_600_000 * second[row]!)),
  };
}

interface Visit {
  readonly source: Int32Array;
  readonly position: Int32Array;
  readonly depth: Int32Array;
  readonly seen: Int32Array;
  readonly discount: Float64Array;
  readonly battery: Int32Array;
}

function drawVisit(draw: (stream: string) => Float64Array): Visit {
  const sourceEnds = cumulated([0.5, 0.25, 0.13, 0.12]);
  const discounted = draw('discounted');
  return {
    source: Int32Array.from(draw('source'), (u) => pick(sourceEnds, u)),
    position: Int32Array.from(draw('position'), (u) => Math.floor(20 * u ** 1.7) + 1),
    depth: Int32Array.from(draw('depth'), (u) => Math.floor(1 + 12 * u * u)),
    seen: Int32Array.from(draw('seen'), (u) => Math.floor(6 * u * u)),
    discount: draw('discount').map((u, row) => (discounted[row]! < 0.3 ? Math.floor(1 + 8 * u) / 20 : 0)),
    battery: Int32Array.from(draw('battery'), (u) => Math.floor(101 * u)),
  };
}

interface UserColumns {
  readonly device: Int32Array;
  readonly version: Int32Array;
  readonly country: Int32Array;
  readonly segment: Int32Array;
  readonly tenure: Int32Array;
}

function userColumns(world: World, user: Int32Array, day: Int32Array): UserColumns {
  const { users } = world;
  return {
    device: user.map((u) => users.device[u]!),
    version: user.map(
      (u, row) => Number(day[row]! >= users.versionOneFrom[u]!) + Number(day[row]! >= users.versionTwoFrom[u]!),
    ),
    country: user.map((u) => users.country[u]!),
    segment: user.map((u) => users.segment[u]!),
    tenure: user.map((u, row) => users.tenure[u]! + day[row]!),
  };
}

function prices(world: World, item: Int32Array, discount: Float64Array, noise: Float64Array): Float64Array {
  return noise.map((z, row) =>
    round(Math.exp(world.items.logPrice[item[row]!]! + Math.log1p(-discount[row]!) + 0.1 * z), 2),
  );
}

/** Past click rates as a log would carry them; their noise is drawn per user and day, per item and day. */
function histories(
  world: World,
  seed: number,
  user: Int32Array,
  item: Int32Array,
  day: Int32Array,
): { readonly user_ctr: Float64Array; readonly item_ctr: Float64Array } {
  const random = createRandom(seed).fork('demo').fork('history');
  const userDay = user.map((u, row) => u * 64 + day[row]!);
  const itemDay = item.map((i, row) => i * 64 + day[row]!);
  return {
    user_ctr: normals(random, 'user', userDay).map((z, row) =>
      round(sigmoid(-2.7 + world.users.appetite[user[row]!]! + 0.55 * z), 4),
    ),
    item_ctr: normals(random, 'item', itemDay).map((z, row) =>
      round(sigmoid(-2.7 + world.items.appeal[item[row]!]! + 0.35 * z), 4),
    ),
  };
}

function round(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}
