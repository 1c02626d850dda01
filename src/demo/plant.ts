import type { FeatureColumns } from './features.js';
import type { Log } from './log.js';
import type { Mark } from './planted.js';
import type { World } from './world.js';
import { createRandom } from '../core/random.js';
import { keysTo, sigmoid, uniforms } from './draws.js';
import { doses } from './planted.js';

/** Start of the test days in milliseconds; earlier rows are training rows. */
export const testStart: number = 22.4 * 86_400_000;

/** A log with labels and, where it was planted, damage. All arrays are by row of the log. */
export interface Labelled {
  readonly columns: FeatureColumns;
  readonly click: Uint8Array;
  /** 1 where the defect damaged the row; for duplicates and conflicts, where the row is copied. */
  readonly marks: Readonly<Record<Mark, Uint8Array>>;
}

/** The log as nature made it: true clicks, no damage, no drift. */
export function withoutDamage(log: Log): Labelled {
  const marks = markAll(log, () => false);
  return { columns: log.columns, click: draw(log, marks.labelDrift), marks };
}

/** What scored rows look like in the test days: unit change, new device and label drift, and true labels. */
export function damagedServing(log: Log, world: World): Labelled {
  const hits = rules(log, world, new Uint8Array(log.rows));
  const marks = markAll(log, (mark, row) => servingMarks.has(mark) && hits[mark](row));
  return { columns: damagedColumns(log, marks), click: draw(log, marks.labelDrift), marks };
}

/** The log with everything planted. */
export function damagedLog(log: Log, world: World): Labelled {
  const drifted = markAll(log, (mark, row) => mark === 'labelDrift' && log.day[row]! >= doses.labelDrift.firstDay);
  const trueClick = draw(log, drifted.labelDrift);
  const hits = rules(log, world, trueClick);
  const marks = markAll(log, (mark, row) => hits[mark](row));
  const click = trueClick.map((label, row) => (marks.bots[row] === 1 || marks.fakes[row] === 1 ? 1 : label));
  return { columns: damagedColumns(log, marks), click, marks };
}

const servingMarks: ReadonlySet<Mark> = new Set<Mark>(['unit', 'device', 'labelDrift']);

function draw(log: Log, drifted: Uint8Array): Uint8Array {
  return Uint8Array.from(log.clickDraw, (u, row) =>
    Number(u < sigmoid(log.logit[row]! + (drifted[row] === 1 ? doses.labelDrift.logit : 0))),
  );
}

/** For each defect, whether it hits a row. Label damage hits true non-clicks, conflicts true clicks. */
function rules(log: Log, world: World, trueClick: Uint8Array): Record<Mark, (row: number) => boolean> {
  const random = createRandom(log.seed).fork('demo').fork(log.sample);
  const keys = keysTo(log.rows);
  const bot = uniforms(random, 'bot', keys);
  const fake = uniforms(random, 'fake', keys);
  const copied = uniforms(random, 'copied', keys);
  const conflict = uniforms(random, 'conflict', keys);
  const { source, version, country, device, user } = log.columns;
  const training = (row: number): boolean => log.time[row]! < testStart;
  const within = (row: number, span: { firstDay: number; lastDay?: number }): boolean =>
    log.day[row]! >= span.firstDay && log.day[row]! <= (span.lastDay ?? Infinity);
  const { bots, outage, unit, duplicates, conflicts } = doses;
  return {
    bots: (row) =>
      training(row) &&
      source[row] === bots.source &&
      within(row, bots) &&
      bot[row]! < bots.share &&
      trueClick[row] === 0,
    fakes: (row) => training(row) && fake[row]! < doses.fakes.share && trueClick[row] === 0,
    outage: (row) => training(row) && version[row] === outage.version && within(row, outage),
    unit: (row) => country[row] === unit.country && within(row, unit),
    duplicates: (row) =>
      training(row) && copied[row]! < (version[row] === 0 ? duplicates.inVersionZero : duplicates.elsewhere),
    conflicts: (row) =>
      training(row) && source[row] === conflicts.source && trueClick[row] === 1 && conflict[row]! < conflicts.share,
    device: (row) =>
      device[row]! < doses.device.below &&
      within(row, doses.device) &&
      world.users.changesDevice[user[row]!]! < doses.device.share,
    labelDrift: (row) => within(row, doses.labelDrift),
  };
}

function markAll(log: Log, hit: (mark: Mark, row: number) => boolean): Record<Mark, Uint8Array> {
  const one = (mark: Mark): Uint8Array => Uint8Array.from({ length: log.rows }, (_, row) => Number(hit(mark, row)));
  return {
    bots: one('bots'),
    fakes: one('fakes'),
    outage: one('outage'),
    unit: one('unit'),
    duplicates: one('duplicates'),
    conflicts: one('conflicts'),
    device: one('device'),
    labelDrift: one('labelDrift'),
  };
}

function damagedColumns(log: Log, marks: Readonly<Record<Mark, Uint8Array>>): FeatureColumns {
  const { price, relevance, device } = log.columns;
  return {
    ...log.columns,
    price: Float64Array.from(price, (value, row) => (marks.unit[row] === 1 ? dear(value) : value)),
    relevance: Float64Array.from(relevance, (value, row) => (marks.outage[row] === 1 ? 0 : value)),
    device: Int32Array.from(device, (value, row) => (marks.device[row] === 1 ? doses.device.becomes : value)),
  };
}

/** A price in cents, whole. */
function dear(price: number): number {
  return Math.round(price * doses.unit.factor);
}
