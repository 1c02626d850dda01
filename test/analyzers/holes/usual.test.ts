import { describe, expect, it } from 'vitest';
import { isBlock, lostClasses } from '../../../analyzers/holes/detect/ids.js';
import { gapsOf } from '../../../analyzers/holes/detect/levels.js';
import { stepOf } from '../../../analyzers/holes/detect/step.js';
import { stretches } from '../../../analyzers/holes/detect/stretches.js';
import { usualRows } from '../../../analyzers/holes/detect/usual.js';

const limits = { alpha: 0.001, lowShare: 0.3, leastRows: 20 };
const hour = 3600;

/** Three weeks from a Thursday on, nights nearly without rows, no rows on Sundays. */
function shop(): Float64Array {
  return Float64Array.from({ length: 24 * 21 }, (_, h) => {
    const isSunday = Math.floor(h / 24) % 7 === 3;
    const rows = [0, 0, 0, 0, 0, 2, 10, 30][Math.min(7, h % 24)]!;
    return isSunday ? 0 : rows + ((h * 7919) % 5);
  });
}

function found(counts: Float64Array, first = 0): readonly string[] {
  const usual = usualRows({ first, width: hour, counts });
  return stretches(counts, usual, limits).map(({ kind, from, to }) => `${kind} ${from} ${to}`);
}

describe('hours', () => {
  it('leaves quiet nights and closed Sundays alone', () => {
    expect(found(shop())).toEqual([]);
  });

  it('names the hours that are missing, and no others', () => {
    expect(found(shop().fill(0, 24 * 11 + 9, 24 * 11 + 13))).toEqual([`empty ${24 * 11 + 9} ${24 * 11 + 13}`]);
  });

  it('names a whole day that is open in other weeks', () => {
    expect(found(shop().fill(0, 24 * 12, 24 * 13))[0]).toMatch(new RegExp(`^empty ${24 * 12 + 5} |^empty ${24 * 12} `));
  });

  it('names hours with a tenth of their rows and with ten times as many', () => {
    const counts = shop();
    for (const h of [10, 11]) counts[24 * 8 + h]! /= 10;
    for (const h of [15, 16]) counts[24 * 15 + h]! *= 10;
    expect(found(counts)).toEqual([`low ${24 * 8 + 10} ${24 * 8 + 12}`, `high ${24 * 15 + 15} ${24 * 15 + 17}`]);
  });

  it('calls the hour in which a log begins, or ends, no hole, and the hours inside of it still', () => {
    const counts = shop().slice(9, 24 * 18 + 12);
    const [first, last] = [0, counts.length - 1];
    for (const h of [first, last]) counts[h]! /= 10;
    expect(found(counts, 9)).toEqual([]);
    counts[last - 1]! /= 10;
    expect(found(counts, 9)).toEqual([`low ${last - 1} ${last}`]);
  });

  it('says nothing where hours scatter by themselves', () => {
    const bursty = Float64Array.from({ length: 24 * 21 }, (_, h) => ((h * 2654435761) % 7 < 3 ? 0 : 40));
    expect(found(bursty)).toEqual([]);
  });
});

describe('volume', () => {
  it('dates a step, and calls slow growth none', () => {
    const days = Array.from({ length: 20 }, (_, d) => (d < 12 ? 100 : 210) + (d % 3));
    expect(stepOf(days, 1.5)).toMatchObject({ at: 12 });
    expect(
      stepOf(
        Array.from({ length: 20 }, (_, d) => 100 * 1.05 ** d),
        1.5,
      ),
    ).toBeNull();
  });
});

describe('values', () => {
  const all = new Float64Array(40).fill(1000);
  const inner = { alpha: 1e-6, leastRows: 20, isInner: true };

  it('names the stretch of a value that is otherwise always there', () => {
    expect(gapsOf(new Float64Array(40).fill(50).fill(0, 10, 13), all, inner)).toMatchObject([{ from: 10, to: 13 }]);
  });

  it('asks whether it came back only where it must', () => {
    const gone = new Float64Array(40).fill(50).fill(0, 36);
    expect(gapsOf(gone, all, inner)).toEqual([]);
    expect(gapsOf(gone, all, { ...inner, isInner: false })).toMatchObject([{ from: 36, to: 40 }]);
  });

  it('expects of a value that comes up what stands beside the gap, not what it has in the end', () => {
    // A version that is at one in a thousand for a day, and at every other row weeks later.
    const often = new Float64Array(400).fill(1000);
    const rising = Float64Array.from({ length: 400 }, (_, h) => (h < 30 ? 1 : Math.min(500, 2 * h)));
    expect(gapsOf(rising.slice().fill(0, 10, 12), often, inner)).toEqual([]);
    expect(gapsOf(rising.slice().fill(0, 300, 302), often, inner)).toMatchObject([{ from: 300, to: 302 }]);
  });

  it('leaves a value alone that comes and goes', () => {
    const weekend = Float64Array.from({ length: 40 }, (_, d) => (d % 7 > 4 ? 200 : 0));
    expect(gapsOf(weekend, all, inner)).toEqual([]);
  });
});

describe('ids', () => {
  it('calls a block only where ids are dense on both sides', () => {
    const gap = { low: 500, high: 560, values: 4000, left: 110, right: 115 };
    expect(isBlock(gap, 0.001)).toBe(true);
    expect(isBlock({ ...gap, right: 4000 }, 0.001)).toBe(false);
    expect(isBlock({ ...gap, high: 505 }, 0.001)).toBe(false);
    expect(isBlock({ ...gap, left: null }, 0.001)).toBe(false);
  });

  it('names a lost shard by the smallest divisor, and takes even ids for what they are', () => {
    const residues = new Float64Array(1600).fill(5);
    expect(lostClasses(residues)).toEqual([]);
    expect(lostClasses(residues.map((n, i) => (i % 16 === 5 ? 0 : n)))).toEqual([{ by: 16, residue: 5, ids: 500 }]);
    expect(lostClasses(residues.map((n, i) => (i % 2 === 1 ? 0 : n)))).toEqual([]);
  });
});
