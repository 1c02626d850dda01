import { describe, expect, it } from 'vitest';
import type { Paired } from '../../../src/ablation/effect/paired.js';
import { candidateCount, candidatesOf, groupsOf } from '../../../src/ablation/columns/candidates.js';
import { judgeColumns } from '../../../src/ablation/columns/judge-columns.js';

describe('columns to leave out', () => {
  const features = ['geo_lat', 'geo_lon', 'device', 'user.age', 'user.sex', 'price'];

  it('group by the beginning of their names', () => {
    expect(groupsOf(features)).toEqual([
      { name: 'geo_*', columns: ['geo_lat', 'geo_lon'] },
      { name: 'user.*', columns: ['user.age', 'user.sex'] },
    ]);
    expect(groupsOf(['a_b', 'a_c'])).toEqual([]);
    expect(candidateCount(features)).toBe(8);
    expect(candidateCount(['one'])).toBe(0);
  });

  it('are all tried where there is room', () => {
    expect(candidatesOf(features, new Map(), 8).map((c) => c.name)).toEqual([...features, 'geo_*', 'user.*']);
  });

  it('are the weakest and the strongest alone where there is not', () => {
    const strength = new Map(features.map((name, i) => [name, 0.5 + i / 20]));
    const tried = candidatesOf(features, strength, 4);
    expect(tried.map((c) => c.name)).toEqual(['geo_lat', 'geo_lon', 'price', 'geo_*']);
  });
});

describe('verdicts on columns', () => {
  it('keep what pays, let go what provably costs less than the budget, and leave the rest open', () => {
    const costs = [cost(0.01, 0.001), cost(0, 0.0002), cost(0.001, 0.002), cost(0, 0)];
    expect(judgeColumns(costs, 0.001)).toEqual(['pays', 'can-go', 'not-resolved', 'can-go']);
  });

  it('let an affordable cost go, though it is real', () => {
    expect(judgeColumns([cost(0.0005, 0.00005)], 0.001)).toEqual(['can-go']);
  });

  it('are corrected over the list: one small p among many is not enough', () => {
    const alone = cost(0.002, 0.0009);
    expect(judgeColumns([alone], 0.0001)).toEqual(['pays']);
    const crowd = Array.from({ length: 60 }, () => cost(0.0005, 0.001));
    expect(judgeColumns([alone, ...crowd], 0.0001)[0]).toBe('not-resolved');
  });

  it('say nothing where few units carry the difference', () => {
    expect(judgeColumns([{ ...cost(0.01, 0.001), effectiveUnits: 5 }], 0.001)).toEqual(['not-resolved']);
  });
});

function cost(estimate: number, se: number): Paired {
  return {
    estimate,
    differences: [estimate, estimate],
    testVariance: se ** 2,
    seedVariance: 0,
    variance: se ** 2,
    df: 100,
    effectiveUnits: 100,
    byUnit: new Float64Array(0),
    seeds: 2,
  };
}
