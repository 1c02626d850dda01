import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.js';
import { clusterGroups, dayFolds, foldsTeach, groupFolds } from '../../src/derived/folds.js';
import { generate } from '../models/generated.js';

const random = createRandom(1);

describe('groupFolds', () => {
  const input = fc.array(fc.record({ group: fc.nat(40), y: fc.constantFrom(0, 1) }), { minLength: 1, maxLength: 300 });

  it('keeps groups whole, and deals them evenly within the class of their first row', () => {
    fc.assert(
      fc.property(input, (list) => {
        const group = Int32Array.from(list, ({ group: g }) => g);
        const label = Uint8Array.from(list, ({ y }) => y);
        const { of } = groupFolds(label, group, random);
        const folds = new Map<number, Set<number>>();
        group.forEach((g, i) => folds.set(g, (folds.get(g) ?? new Set()).add(of[i]!)));
        for (const seen of folds.values()) expect(seen.size).toBe(1);
        for (const y of [0, 1]) {
          const dealt = [0, 0, 0, 0, 0];
          for (const g of folds.keys()) if (label[group.indexOf(g)] === y) dealt[of[group.indexOf(g)]!]! += 1;
          expect(Math.max(...dealt) - Math.min(...dealt)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('divides otherwise with another generator', () => {
    const rows = Int32Array.from({ length: 100 }, (_, i) => i);
    const label = new Uint8Array(100);
    const one = groupFolds(label, rows, random.fork('0'));
    expect(groupFolds(label, rows, random.fork('0'))).toEqual(one);
    expect(groupFolds(label, rows, random.fork('1'))).not.toEqual(one);
  });
});

describe('dayFolds', () => {
  it('takes whole consecutive days, about equal in rows', () => {
    const days = [0, 0, 0, 1, 1, 2, 3, 3, 3, 3, 4, 5, 5, 6, 7, 7, 8, 9, 9, 9];
    const time = Float64Array.from(days, (day, i) => day * 86_400 + i);
    const { of, count } = dayFolds(Int32Array.from(days.keys()), time)!;
    expect(count).toBe(5);
    expect([...of]).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 4]);
  });

  it('makes as many folds as there are days, and none of a single day', () => {
    const rows = Int32Array.of(0, 1, 2, 3, 4, 5);
    const three = dayFolds(rows, Float64Array.of(0, 1, 2, 86_400, 172_800, Number.NaN))!;
    expect([...three.of]).toEqual([0, 0, 0, 1, 2, 2]);
    expect(three.count).toBe(3);
    expect(dayFolds(rows, new Float64Array(6))).toBeNull();
  });
});

describe('foldsTeach', () => {
  it('wants both classes outside of every fold, and no empty fold', () => {
    const of = Uint8Array.of(0, 0, 1, 1);
    expect(foldsTeach({ of, count: 2 }, Uint8Array.of(0, 1, 0, 1))).toBe(true);
    expect(foldsTeach({ of, count: 2 }, Uint8Array.of(0, 0, 0, 1))).toBe(false);
    expect(foldsTeach({ of, count: 3 }, Uint8Array.of(0, 1, 0, 1))).toBe(false);
  });
});

describe('clusterGroups', () => {
  it('puts rows with equal values together, unless most rows have an equal', () => {
    const { frame, base } = generate({ train: 200, test: 0, columns: 5 }, 1);
    for (let c = 0; c < 5; c++) frame.bins[9 * frame.stride + c] = frame.bins[4 * frame.stride + c]!;
    const group = clusterGroups(frame, base.rows);
    expect(group[9]).toBe(group[4]);
    expect(new Set(group).size).toBe(199);
    const coarse = generate({ train: 200, test: 0, columns: 2, bins: 3 }, 1);
    expect(new Set(clusterGroups(coarse.frame, coarse.base.rows)).size).toBe(200);
  });
});
