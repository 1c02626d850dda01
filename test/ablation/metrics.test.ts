import { describe, expect, it } from 'vitest';
import type { RowSet } from '../../src/ablation/effect/row-set.js';
import { judge } from '../../src/ablation/effect/judge.js';
import { paired } from '../../src/ablation/effect/paired.js';
import { summarise, usersOf } from '../../src/ablation/effect/summary.js';
import { createRandom } from '../../src/core/random.js';

/** Rows of users with a click probability of their own; scores are probabilities of a worse and a better model. */
function world(users: number, perUser: number): { rows: RowSet; flat: Float64Array; sharp: Float64Array } {
  const random = createRandom(3);
  const count = users * perUser;
  const chance = Float64Array.from({ length: count }, (_, i) => 0.02 + 0.5 * random.fork('chance').at(i) ** 3);
  const rows: RowSet = {
    on: 'evaluation',
    at: Int32Array.from({ length: count }, (_, i) => i),
    label: Uint8Array.from(chance, (p, i) => (random.fork('click').at(i) < p ? 1 : 0)),
    weight: null,
    unit: Int32Array.from({ length: count }, (_, i) => Math.floor(i / perUser)),
    units: users,
    positives: 0,
  };
  const noise = random.fork('noise');
  return { rows, sharp: chance, flat: chance.map((p, i) => Math.min(0.9, 0.5 * p + 0.4 * noise.at(i))) };
}

const { rows, flat, sharp } = world(400, 8);

describe('metrics of a trial', () => {
  it.each(['auc', 'logloss', 'gauc', 'miscalibration'] as const)(
    '%s has influence of a jackknife by unit',
    (metric) => {
      const { value, byUnit } = summarise(flat, rows, metric);
      expect(byUnit).toHaveLength(rows.units);
      expect(byUnit.reduce((x, y) => x + y, 0)).toBeCloseTo(0, 10);
      const without = (unit: number): RowSet => {
        const kept = [...rows.at].filter((i) => rows.unit[i] !== unit);
        const pick = (from: ArrayLike<number>): number[] => kept.map((i) => from[i]!);
        return {
          ...rows,
          at: Int32Array.from(kept),
          label: Uint8Array.from(pick(rows.label)),
          unit: Int32Array.from(pick(rows.unit)),
        };
      };
      const scale = Math.sqrt(byUnit.reduce((sum, q) => sum + q * q, 0) / rows.units);
      for (const unit of [0, 7, 211]) {
        const moved = summarise(flat, without(unit), metric).value - value;
        expect(Math.abs(moved + byUnit[unit]!)).toBeLessThan(0.1 * scale + 0.02 * Math.abs(byUnit[unit]!));
      }
    },
  );

  it('leave users without both classes out of GAUC, and say how many count', () => {
    const { row, positives } = usersOf(rows);
    const mixed = new Set(Array.from(row, (i) => rows.unit[i]!));
    for (let u = 0; u < rows.units; u++) {
      const clicks = rows.label.filter((_, i) => rows.unit[i] === u).reduce((x, y) => x + y, 0);
      expect(mixed.has(u)).toBe(clicks > 0 && clicks < 8);
    }
    expect(positives).toBe(row.reduce((sum, i) => sum + rows.label[i]!, 0));
  });

  it('are judged each in a family of its own, log loss and NE as calibration', () => {
    const difference = paired(
      [0, 1, 2].map(() => summarise(sharp, rows, 'auc')),
      [0, 1, 2].map(() => summarise(flat, rows, 'auc')),
    );
    const about = {
      kind: 'gain' as const,
      defect: 'd',
      arm: 'a',
      title: 't',
      units: 1,
      rows: 1,
      on: 'evaluation' as const,
      estimand: 'thisTrainingSet' as const,
      model: 'm',
      difference,
    };
    const { effects } = judge(
      (['auc', 'logloss', 'ne', 'gauc', 'calibration'] as const).map((metric) => ({ ...about, metric })),
    );
    expect(effects.map((e) => e.code)).toEqual([
      undefined,
      'calibration-cost',
      'calibration-cost',
      undefined,
      undefined,
    ]);
    for (const e of effects) expect(e.pAdjusted).toBe(e.p);
  });
});
