import { describe, expect, it } from 'vitest';
import type { Overlay } from '../../../src/models/frame/frame.js';
import { createRun } from '../../../src/core/run.js';
import { noCode } from '../../../src/models/frame/frame.js';
import { asIs } from '../../../src/models/frame/overlay.js';
import { createWeights, learn, score } from '../../../src/models/logistic/ftrl.js';
import { trainLogistic } from '../../../src/models/logistic/train.js';
import { createLogistic } from '../../../src/models/logistic/trainer.js';
import { defaultParameters } from '../../../src/models/trainer.js';
import { auc } from '../../../src/stats/auc.js';
import { idFrame } from '../encoding/id-frame.js';

const frame = idFrame(6000);
const base = asIs(frame);
const test = Int32Array.from(frame.part.keys()).filter((row) => frame.part[row] === 2);
const labels = Uint8Array.from(test, (row) => frame.label[row]!);
const trial = (overlay: Overlay, bagging = 1) => ({
  overlay,
  parameters: { ...defaultParameters, bagging },
  seed: 1,
  score: test,
});
const scores = (overlay: Overlay): Float64Array => trainLogistic(frame, trial(overlay)).scores;
const only = (rows: readonly number[]): Overlay => ({
  ...base,
  rows: Int32Array.from(rows),
  label: Uint8Array.from(rows, (row) => frame.label[row]!),
});
const half = (rows: readonly number[]): Float64Array => trainLogistic(frame, trial(only(rows), 0.5)).scores;

describe('FTRL-proximal', () => {
  it('takes the step of the paper', () => {
    const weights = createWeights(8);
    const slots = Int32Array.from([3, 5]);
    const one = Uint8Array.of(1);
    learn(weights, slots, 2, 1, one, Float64Array.of(1), 0);
    // p = .5, g = -.5: z = g, n = g^2, so w = .5 / ((1 + .5) / .1 + 1) for both slots.
    const scored = new Float64Array(1);
    score(weights, slots, 2, 1, 0, scored);
    expect(scored[0]).toBeCloseTo(2 * (0.5 / 16), 7);
    // Second step, worked out by hand from z, n and sigma.
    learn(weights, slots, 2, 1, one, Float64Array.of(1), 0);
    const g = 1 / (1 + Math.exp(-scored[0]!)) - 1;
    const n = 0.25 + g * g;
    const z = -0.5 + g - ((Math.sqrt(n) - 0.5) / 0.1) * (0.5 / 16);
    score(weights, slots, 2, 1, 0, scored);
    expect(scored[0]).toBeCloseTo((2 * -z) / ((1 + Math.sqrt(n)) / 0.1 + 1), 6);
  });
});

describe('trainLogistic', () => {
  it('learns the effects of ids that share bins', () => {
    const { scores: p, rounds } = trainLogistic(frame, trial(base));
    expect(auc(p, labels)).toBeGreaterThan(0.6);
    expect(rounds).toBe(3);
    // And it is calibrated.
    const mean = p.reduce((sum, v) => sum + v, 0) / p.length;
    const rate = base.label.reduce((sum, y) => sum + y, 0) / base.label.length;
    expect(Math.abs(mean - rate)).toBeLessThan(0.03);
    expect(auc(p, labels) - auc(scores({ ...base, masked: [2] }), labels)).toBeGreaterThan(0.05);
  });

  it('reads replaced levels, and those of copies', () => {
    const none = { columns: new Map([[2, new Uint8Array(frame.rows).fill(255)]]) };
    const codes = new Map([[2, new Int32Array(frame.rows).fill(noCode)]]);
    expect(auc(scores({ ...base, ...none, codes }), labels)).toBeLessThan(0.57);
    const rows = [...base.rows].flatMap((row) => [row, row]);
    const cells = {
      row: Int32Array.from(base.rows),
      ordinal: new Int32Array(base.rows.length).fill(1),
      column: new Int32Array(base.rows.length).fill(2),
      bin: new Uint8Array(base.rows.length).fill(255),
      code: new Int32Array(base.rows.length).fill(noCode),
    };
    const doubled = scores(only(rows));
    const mixed = scores({ ...only(rows), variants: cells });
    expect(mixed).not.toEqual(doubled);
    expect(auc(mixed, labels)).toBeGreaterThan(0.6);
  });

  it('draws bag and order by row key: a row outside the bag changes nothing', () => {
    const all = [...base.rows];
    const whole = half(all);
    const same = all.slice(0, 12).map((row) => half(all.filter((r) => r !== row)).every((p, i) => p === whole[i]));
    expect(new Set(same)).toEqual(new Set([true, false]));
  });

  it('weighs rows, and refuses what cannot be learnt', () => {
    const weight = Float32Array.from(base.rows, (row) => (row % 4 === 0 ? 0 : 1));
    expect(scores({ ...base, weight })).toEqual(scores(only([...base.rows].filter((row) => row % 4 !== 0))));
    expect(() => scores(only([]))).toThrow(/no training rows/);
    expect(() => scores({ ...base, label: new Uint8Array(base.rows.length) })).toThrow(/have label 0/);
    expect(() => scores({ ...base, masked: [0, 1, 2] })).toThrow(/no feature column/);
  });

  it('gives equal bits on one and on two threads', async () => {
    const results = [];
    for (const threads of [1, 2]) {
      // No trial needs the engine.
      const run = createRun({ engine: null as never, threads });
      const trainer = await createLogistic(frame, run);
      results.push(
        (await trainer.train([1, 2, 3].map((seed) => ({ ...trial(base, 0.8), seed })))).map((r) => r.scores),
      );
      await run.close();
    }
    expect(results[0]).toEqual(results[1]);
    expect(results[0]![0]).not.toEqual(results[0]![1]);
  });
});
