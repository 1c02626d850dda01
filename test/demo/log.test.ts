import { describe, expect, it } from 'vitest';
import { arrange, Kind } from '../../src/demo/arrange.js';
import { generateLog } from '../../src/demo/log.js';
import { damagedLog, damagedServing, testStart, withoutDamage } from '../../src/demo/plant.js';
import { summarise } from '../../src/demo/truth.js';
import { createWorld } from '../../src/demo/world.js';

const world = createWorld();
const log = generateLog(world, { rows: 60_000, seed: 1, sample: 'log', from: 0 });
const damaged = damagedLog(log, world);
const changed = (mark: Uint8Array, before: ArrayLike<number>, after: ArrayLike<number>): number =>
  mark.filter((hit, row) => hit === 0 && before[row] !== after[row]).length;
const share = (marks: Uint8Array): number => marks.reduce((sum, mark) => sum + mark, 0) / marks.length;
const per200k = (marks: Uint8Array): number => share(marks) * 200_000;

describe('generateLog', () => {
  it('draws by key, so a longer log begins with the rows of a shorter one', () => {
    const short = generateLog(world, { rows: 500, seed: 1, sample: 'log', from: 0 });
    expect(short.columns.price).toEqual(log.columns.price.slice(0, 500));
    expect(short.logit).toEqual(log.logit.slice(0, 500));
    expect(short.time).toEqual(log.time.slice(0, 500));
  });

  it('gives other rows for another seed and another sample', () => {
    const seed = generateLog(world, { rows: 500, seed: 2, sample: 'log', from: 0 });
    const sample = generateLog(world, { rows: 500, seed: 1, sample: 'fresh', from: 0 });
    expect(seed.logit).not.toEqual(log.logit.slice(0, 500));
    expect(sample.logit).not.toEqual(log.logit.slice(0, 500));
  });

  it('has the click rate, the busy evenings and the true zeros it promises', () => {
    expect(share(withoutDamage(log).click)).toBeCloseTo(0.095, 2);
    const evening = log.columns.hour.filter((hour) => hour === 20).length;
    const morning = log.columns.hour.filter((hour) => hour === 8).length;
    expect(evening / morning).toBeGreaterThan(4.5);
    expect(log.columns.relevance.filter((value) => value === 0).length / log.rows).toBeCloseTo(0.1, 1);
  });

  it('starts a sample of test days where the test days start', () => {
    const fresh = generateLog(world, { rows: 2000, seed: 1, sample: 'fresh', from: 0.8 });
    expect(Math.min(...fresh.day)).toBeGreaterThanOrEqual(22);
  });
});

describe('damagedLog', () => {
  it('plants what the table of the demo says, in its amounts', () => {
    expect(per200k(damaged.marks.bots)).toBeGreaterThan(1700);
    expect(per200k(damaged.marks.bots)).toBeLessThan(2200);
    expect(per200k(damaged.marks.fakes)).toBeCloseTo(600, -2);
    expect(per200k(damaged.marks.outage) / 30_669).toBeCloseTo(1, 1);
    expect(per200k(damaged.marks.unit) / 10_917).toBeCloseTo(1, 0);
    expect(per200k(damaged.marks.duplicates) / 7184).toBeCloseTo(1, 1);
    expect(per200k(damaged.marks.conflicts) / 458).toBeCloseTo(1, 0);
    expect(per200k(damaged.marks.device) / 6922).toBeCloseTo(1, 1);
  });

  it('changes only marked cells and labels', () => {
    const clean = withoutDamage(log);
    expect(changed(damaged.marks.unit, clean.columns.price, damaged.columns.price)).toBe(0);
    expect(changed(damaged.marks.outage, clean.columns.relevance, damaged.columns.relevance)).toBe(0);
    expect(changed(damaged.marks.device, clean.columns.device, damaged.columns.device)).toBe(0);
    const label = damaged.marks.bots.map(
      (bot, row) => bot | damaged.marks.fakes[row]! | damaged.marks.labelDrift[row]!,
    );
    expect(changed(label, clean.click, damaged.click)).toBe(0);
  });

  it('leaves the test days as they are served: no wrong label, no copy, no outage', () => {
    for (const mark of ['bots', 'fakes', 'outage', 'duplicates', 'conflicts'] as const) {
      const late = damaged.marks[mark].filter((_, row) => log.time[row]! >= testStart);
      expect(share(late)).toBe(0);
    }
    const serving = damagedServing(log, world);
    expect(serving.marks.unit).toEqual(damaged.marks.unit);
    expect(share(serving.marks.bots)).toBe(0);
  });
});

describe('arrange', () => {
  const rows = arrange(log, damaged);

  it('keeps time order, with each copy right behind its original', () => {
    const late = rows.origin.filter((origin, at) => at > 0 && log.time[origin]! < log.time[rows.origin[at - 1]!]!);
    expect(late).toHaveLength(0);
    const astray = rows.origin.filter((o, at) => rows.kind[at] !== Kind.original && o !== rows.origin[at - 1]);
    expect(astray).toHaveLength(0);
  });

  it('writes each row once and as many copies as are planted', () => {
    const truth = summarise(1, damaged, rows, true);
    const units = Object.fromEntries(truth.planted.map((p) => [`${p.defect} ${p.mechanism}`, p.units]));
    expect(rows.origin.length).toBe(log.rows + units['duplicates exact-copies']! + units['conflicts flipped-copies']!);
    expect(rows.kind.filter((kind) => kind === Kind.original).length).toBe(log.rows);
  });

  it('gives conflicting copies the label 0 of a click', () => {
    const copies = rows.origin.map((_, at) => at).filter((at) => rows.kind[at] === Kind.conflict);
    expect(copies.length).toBeGreaterThan(100);
    expect(copies.filter((at) => rows.click[at] !== 0 || damaged.click[rows.origin[at]!] !== 1)).toHaveLength(0);
  });
});
