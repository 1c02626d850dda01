import type { TimeCell } from '../../../analyzers/missing/detect/time-cell.js';
import { describe, expect, it } from 'vitest';
import { explained, hotStretches } from '../../../analyzers/missing/detect/hot-stretches.js';
import { createRandom } from '../../../src/core/random.js';

const heat = { z: 5, share: 0.05, excess: 0.05 };
const hours = 14 * 24;

/** Nulls by hour of 50,000 rows over 14 days, 2% of them null and 60% in the hours of an outage. */
function log(seed: number, from: number, length: number): TimeCell[] {
  const random = createRandom(seed).fork('outage');
  const cells = Array.from({ length: hours }, (_, bucket) => ({ bucket, rows: 0, marked: 0 }));
  for (let i = 0; i < 50_000; i++) {
    const cell = cells[Math.floor(random.at(2 * i) * hours)]!;
    const lost = cell.bucket >= from && cell.bucket < from + length;
    cell.rows++;
    cell.marked += Number(random.at(2 * i + 1) < (lost ? 0.6 : 0.02));
  }
  return cells;
}

function cell(bucket: number, rows: number, marked: number): TimeCell {
  return { bucket, rows, marked };
}

describe('hot stretches', () => {
  it('finds outages of 2 to 6 hours in 20 of 20 logs, hour F1 at least .95', () => {
    let [hit, extra, lost] = [0, 0, 0];
    for (let seed = 1; seed <= 20; seed++) {
      const length = 2 + (seed % 5);
      const from = (37 * seed) % (hours - length);
      const found = hotStretches(log(seed, from, length), heat);
      const inside = found.flatMap((s) => Array.from({ length: s.to - s.from }, (_, i) => s.from + i));
      const right = inside.filter((bucket) => bucket >= from && bucket < from + length).length;
      expect(right, `seed ${seed}`).toBeGreaterThan(0);
      [hit, extra, lost] = [hit + right, extra + inside.length - right, lost + length - right];
    }
    expect((2 * hit) / (2 * hit + extra + lost)).toBeGreaterThanOrEqual(0.95);
  });

  it('raises an alarm in at most 1 of 20 logs without an outage', () => {
    const alarms = Array.from({ length: 20 }, (_, i) => hotStretches(log(100 + i, 0, 0), heat)).filter(
      (s) => s.length > 0,
    );
    expect(alarms.length).toBeLessThanOrEqual(1);
  });

  it('takes days that stray more than chance for what they are, and still sees an outage among them', () => {
    const random = createRandom(7).fork('days');
    const strays = Array.from({ length: 300 }, (_, bucket) =>
      cell(bucket, 70, 14 + Math.floor(43 * random.at(bucket))),
    );
    expect(hotStretches(strays, heat)).toEqual([]);
    const out = strays.map((one) =>
      one.bucket === 150 || one.bucket === 151 ? { ...one, rows: 400, marked: 396 } : one,
    );
    expect(hotStretches(out, heat)).toMatchObject([{ from: 150, to: 152 }]);
  });

  it('bridges small buckets but not ordinary ones', () => {
    const quiet = [0, 1, 2, 3, 4, 5].map((b) => cell(b, 100, 1));
    const hot = [cell(6, 100, 90), cell(7, 5, 0), cell(8, 100, 90), cell(9, 100, 1), cell(10, 100, 90)];
    expect(hotStretches([...quiet, ...hot, cell(11, 100, 1)], heat).map((s) => [s.from, s.to, s.marked])).toEqual([
      [6, 9, 180],
      [10, 11, 90],
    ]);
  });

  it('says nothing of fewer than four buckets', () => {
    expect(
      hotStretches(
        [0, 1, 2].map((bucket) => ({ bucket, rows: 100, marked: bucket === 2 ? 100 : 0 })),
        heat,
      ),
    ).toEqual([]);
  });

  it('prefers the slice that holds the outage and nothing else', () => {
    const exact = { from: 0, to: 5, rows: 30_000, marked: 30_000, usual: 0.1, z: 100 };
    const diluted = { from: 0, to: 5, rows: 37_000, marked: 30_700, usual: 0.1, z: 100 };
    expect(explained(exact)).toBeGreaterThan(explained(diluted));
  });
});
