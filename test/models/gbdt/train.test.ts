import { describe, expect, it } from 'vitest';
import type { Overlay } from '../../../src/models/frame/frame.js';
import type { GbdtParameters } from '../../../src/models/trainer.js';
import { AssayError } from '../../../src/core/errors.js';
import { missingBin } from '../../../src/models/frame/frame.js';
import { trainTrial } from '../../../src/models/gbdt/train.js';
import { defaultParameters } from '../../../src/models/trainer.js';
import { auc } from '../../../src/stats/auc.js';
import { generate } from '../generated.js';

const small: GbdtParameters = { ...defaultParameters, rounds: 12, leaves: 8, minLeafRows: 5, bagging: 1 };
const set = generate({ train: 3000, test: 2000, columns: 6 }, 7);
const { frame, base, test } = set;

const train = (overlay: Overlay, parameters: GbdtParameters = small, seed = 1): Float64Array =>
  trainTrial(frame, { overlay, parameters, seed, score: test }).scores;
const entries = (picks: readonly number[], label: (row: number) => number = (row) => frame.label[row]!): Overlay => ({
  ...base,
  rows: Int32Array.from(picks),
  label: Uint8Array.from(picks, label),
});
const doubled = (row: number): boolean => row % 3 === 0;
const farthest = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, v, i) => Math.max(most, Math.abs(v - b[i]!)), 0);

/** The sentence with which a training is refused. */
const code = (overlay: Overlay): unknown => {
  try {
    train(overlay);
  } catch (error) {
    if (error instanceof AssayError) return error.message;
  }
  return null;
};

describe('trainTrial', () => {
  it('comes close to the AUC of the true logit', () => {
    const big = generate({ train: 20_000, test: 10_000, columns: 10 }, 3);
    const trial = { overlay: big.base, parameters: defaultParameters, seed: 1, score: big.test };
    const { scores, rounds } = trainTrial(big.frame, trial);
    const labels = Uint8Array.from(big.test, (row) => big.frame.label[row]!);
    const truth = auc(
      Float64Array.from(big.test, (row) => big.logit[row]!),
      labels,
    );
    expect(rounds).toBe(60);
    expect(truth - auc(scores, labels)).toBeLessThan(0.015);
    // And it is calibrated: the mean probability is the training rate of label 1.
    const mean = scores.reduce((s, p) => s + p, 0) / scores.length;
    const rate = big.base.label.reduce((s, y) => s + y, 0) / big.base.label.length;
    expect(Math.abs(mean - rate)).toBeLessThan(0.004);
  });

  it('gives the same bits again, and other models for other seeds', () => {
    const bagged = { ...small, bagging: 0.8 };
    expect(train(base, bagged, 5)).toEqual(train(base, bagged, 5));
    expect(farthest(train(base, bagged, 5), train(base, bagged, 6))).toBeGreaterThan(0);
  });

  it('draws each row by its key: a dropped row shifts no other draw', () => {
    const bagged = { ...small, bagging: 0.8 };
    const model = (picks: readonly number[]): Float64Array => train(entries(picks), bagged, 2);
    const all = [...base.rows];
    const whole = model(all);
    // Dropping a row changes nothing exactly when its draw had left it out.
    const same = all.slice(0, 40).map((row) => farthest(whole, model(all.filter((r) => r !== row))) === 0);
    const left = same.filter(Boolean).length;
    expect(left).toBeGreaterThan(1);
    expect(left).toBeLessThan(20);
  });

  it('learns the way of missing values', () => {
    const own = generate({ train: 2000, test: 400, columns: 2, missing: 0.3 }, 1);
    for (let row = 0; row < own.frame.rows; row++)
      own.frame.label[row] = own.frame.bins[row * own.frame.stride] === missingBin ? 1 : row % 10 === 0 ? 1 : 0;
    const label = Uint8Array.from(own.base.rows, (row) => own.frame.label[row]!);
    const trial = { overlay: { ...own.base, label }, parameters: { ...small, rounds: 40 }, seed: 1, score: own.test };
    const { scores } = trainTrial(own.frame, trial);
    own.test.forEach((row, i) => {
      const gone = own.frame.bins[row * own.frame.stride] === missingBin;
      expect(scores[i]! > 0.8, `row ${row}`).toBe(gone);
    });
  });

  it('takes a weight of 2 for a row that is there twice, up to rounding', () => {
    const picks = [...base.rows];
    const twice = entries(picks.flatMap((row) => (doubled(row) ? [row, row] : [row])));
    const weighted = { ...base, weight: Float32Array.from(picks, (row) => (doubled(row) ? 2 : 1)) };
    // The smallest leaf counts rows, not weights, so it must not bind here.
    const free = { ...small, minLeafRows: 1 };
    expect(farthest(train(twice, free), train(weighted, free))).toBeLessThan(1e-6);
    expect(farthest(train(twice, free), train(base, free))).toBeGreaterThan(1e-3);
  });

  it('leaves rows of weight 0 out', () => {
    const picks = [...base.rows];
    const weight = Float32Array.from(picks, (row) => (row % 4 === 0 ? 0 : 1));
    const dropped = entries(picks.filter((row) => row % 4 !== 0));
    expect(farthest(train({ ...base, weight }), train(dropped))).toBeLessThan(1e-6);
  });

  it('reads replaced columns in training and in scored rows, and no masked ones', () => {
    const shuffled = Uint8Array.from({ length: frame.rows }, (_, row) => (row * 31) % 50);
    const replaced = train({ ...base, columns: new Map([[1, shuffled]]) });
    const labels = Uint8Array.from(test, (row) => frame.label[row]!);
    const masked = train({ ...base, masked: [1] });
    expect(auc(train(base), labels) - auc(masked, labels)).toBeGreaterThan(0.02);
    expect(Math.abs(auc(replaced, labels) - auc(masked, labels))).toBeLessThan(0.02);
    expect(train({ ...base, masked: [1], columns: new Map([[1, shuffled]]) })).toEqual(masked);
  });

  it('reads cells in which a copy differs from its row', () => {
    const picks = [...base.rows];
    const copies = entries(picks.flatMap((row) => [row, row]));
    const variants = {
      row: Int32Array.from(picks),
      ordinal: new Int32Array(picks.length).fill(1),
      column: new Int32Array(picks.length).fill(1),
      bin: new Uint8Array(picks.length).fill(missingBin),
    };
    const mixed = train({ ...copies, variants });
    // The same training rows, made of two frame rows each by replacing the column where the copies stand.
    const far = generate({ train: 3000, test: 2000, columns: 6 }, 7).frame;
    const bins = new Uint8Array(far.bins.length * 2);
    bins.set(far.bins);
    bins.set(far.bins, far.bins.length);
    for (const row of picks) bins[(far.rows + row) * far.stride + 1] = missingBin;
    const twice = { ...far, rows: 2 * far.rows, bins };
    const order = [...picks, ...picks.map((row) => far.rows + row)];
    const overlay = {
      ...base,
      rows: Int32Array.from(order),
      label: Uint8Array.from(order, (row) => far.label[row % far.rows]!),
    };
    expect(mixed).toEqual(trainTrial(twice, { overlay, parameters: small, seed: 1, score: test }).scores);
    expect(farthest(mixed, train(copies))).toBeGreaterThan(0.001);
  });

  it('stops at the round with the lowest log loss on tuning rows', () => {
    const rows = base.rows.filter((row) => frame.part[row] === 1);
    const overlay = entries([...base.rows].filter((row) => frame.part[row] === 0));
    const parameters = { ...small, rounds: 400, learningRate: 0.3 };
    const tuned = trainTrial(frame, { overlay, parameters, seed: 1, score: test, tune: { rows, patience: 10 } });
    expect(tuned.rounds).toBeGreaterThan(2);
    expect(tuned.rounds).toBeLessThan(200);
    const fixed = trainTrial(frame, {
      overlay,
      parameters: { ...parameters, rounds: tuned.rounds },
      seed: 1,
      score: test,
    });
    expect(fixed.scores).toEqual(tuned.scores);
  });

  it('never makes a leaf with fewer rows than asked', () => {
    // With half of the rows in each leaf, there is at most one cut; its two values are the only scores.
    const half = { ...small, minLeafRows: 1500, rounds: 1 };
    expect(new Set(train(base, half)).size).toBeLessThanOrEqual(2);
    expect(new Set(train(base, { ...half, minLeafRows: 1501 })).size).toBe(1);
  });

  it('says why nothing can be trained', () => {
    expect(code(entries([]))).toMatch(/no training rows/);
    expect(code(entries([1, 2, 3], () => 0))).toMatch(/all 3 training rows have label 0/);
    expect(code(entries([1, 2, 3], () => 1))).toMatch(/all 3 training rows have label 1/);
    expect(code({ ...base, masked: [0, 1, 2, 3, 4, 5] })).toMatch(/no feature column/);
  });

  it('asks before each tree whether to go on', () => {
    let asked = 0;
    const check = (): void => {
      asked++;
      if (asked > 4) throw new AssayError('interrupted', {});
    };
    expect(() => trainTrial(frame, { overlay: base, parameters: small, seed: 1, score: test }, check)).toThrow(
      /Interrupted/,
    );
    expect(asked).toBe(5);
  });
});
