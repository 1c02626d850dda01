import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.js';
import { secondsLeft } from '../../src/core/seconds-left.js';

/** A step on a fake clock: units of about one second, the first of them slower, as threads warm up. */
function seconds(random: string, total: number): readonly number[] {
  const draw = createRandom(1).fork(random);
  return Array.from({ length: total }, (_, i) => (i < total / 100 ? 1.5 : 0.8) + 0.4 * draw.at(i));
}

/** Largest error of the estimate, as a share of what was really left, from the first tenth to the last. */
function worstError(units: readonly number[]): number {
  const all = units.reduce((sum, s) => sum + s, 0);
  let clock = 0;
  let worst = 0;
  units.forEach((unit, i) => {
    clock += unit;
    const done = i + 1;
    if (done < units.length / 10 || done > 0.9 * units.length) return;
    worst = Math.max(worst, Math.abs(secondsLeft(done, units.length, clock)! / (all - clock) - 1));
  });
  return worst;
}

describe('secondsLeft', () => {
  it('is silent before a twentieth and nothing at the end', () => {
    expect(secondsLeft(4, 100, 4)).toBeNull();
    expect(secondsLeft(1, 0, 1)).toBeNull();
    expect(secondsLeft(5, 100, 5)).toBeCloseTo(95, 12);
    expect(secondsLeft(100, 100, 80)).toBe(0);
    expect(secondsLeft(110, 100, 80)).toBe(0);
  });

  it('is within 30% of the truth from the first tenth on', () => {
    for (let run = 0; run < 50; run++) expect(worstError(seconds(`run ${run}`, 40 + 17 * run))).toBeLessThan(0.3);
  });
});
