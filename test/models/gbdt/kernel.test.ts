import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Kernel, Shape } from '../../../src/models/gbdt/kernel/kernel.js';
import type { Trial, TrialResult } from '../../../src/models/trainer.js';
import { AssayError } from '../../../src/core/errors.js';
import { checked } from '../../../src/models/gbdt/grower.js';
import { histogramSlots } from '../../../src/models/gbdt/histogram-slots.js';
import { createKernel } from '../../../src/models/gbdt/kernel/choose.js';
import { compileModule } from '../../../src/models/gbdt/kernel/module.js';
import { regionsOf } from '../../../src/models/gbdt/kernel/regions.js';
import { createWasmKernel } from '../../../src/models/gbdt/kernel/wasm.js';
import { layoutOf } from '../../../src/models/gbdt/layout.js';
import { columnsAsked, predict } from '../../../src/models/gbdt/model.js';
import { trainTrial } from '../../../src/models/gbdt/train.js';
import { defaultParameters } from '../../../src/models/trainer.js';
import { generate, type Generated } from '../generated.js';

const wasm = createKernel('wasm');
const reference = createKernel('typescript');
const parameters = { ...defaultParameters, rounds: 8, minLeafRows: 5 };
const set = generate({ train: 3000, test: 700, columns: 7 }, 5);

const trialOf = ({ base, test }: Generated, more: Partial<Trial> = {}): Trial => ({
  overlay: base,
  parameters,
  seed: 3,
  score: test,
  ...more,
});
const train = (kernel: Kernel, trial: Trial = trialOf(set), from: Generated = set): TrialResult =>
  trainTrial(from.frame, trial, undefined, kernel);
/** The same kernel, keeping fewer histograms. */
const keeping = (kernel: Kernel, histograms: number): Kernel => ({
  name: kernel.name,
  allocate: (shape) => kernel.allocate({ ...shape, histograms }),
});

/** Both kernels agree to the last bit, and the model says something. */
function expectEqual(trial: Trial, from: Generated = set, models = 2): void {
  const result = train(wasm, trial, from);
  expect(result).toEqual(train(reference, trial, from));
  expect(new Set(result.scores).size).toBeGreaterThanOrEqual(models);
}

describe('a model that is kept', () => {
  it.each([wasm, reference])('scores rows as the training did ($name)', (kernel) => {
    const { model, scores, rounds } = train(kernel, trialOf(set, { keep: true }));
    expect(model!.trees).toHaveLength(rounds);
    for (const other of [wasm, reference]) expect(predict(model!, set.frame, set.test, other)).toEqual(scores);
    const asked = columnsAsked([model!], set.frame.columns);
    expect(asked.length).toBeGreaterThan(0);
    const blank = { ...set.frame, bins: set.frame.bins.slice() };
    for (let cell = 0; cell < blank.bins.length; cell++) if (!asked.includes(cell % blank.stride)) blank.bins[cell] = 0;
    expect(predict(model!, blank, set.test, kernel)).toEqual(scores);
    const masked = train(kernel, trialOf(set, { overlay: { ...set.base, masked: [0, 2] }, keep: true }));
    expect(predict(masked.model!, set.frame, set.test, kernel)).toEqual(masked.scores);
    expect(columnsAsked([masked.model!], set.frame.columns)).not.toContain(0);
    expect(train(kernel, trialOf(set)).model).toBeUndefined();
    const few = train(kernel, trialOf(set, { parameters: { ...parameters, leaves: 6 }, keep: true }));
    expect(predict(few.model!, set.frame, set.test, kernel)).toEqual(few.scores);
  });
});

describe('the WebAssembly kernel gives the bytes of the reference', () => {
  it('is what this machine runs', () => {
    expect(wasm.name).toBe('wasm');
    expect(createKernel().name).toBe('wasm');
  });

  it.each([1, 3, 4, 5, 8, 9, 12, 13, 17])('for %i columns', (columns) => {
    const other = generate({ train: 1000 + columns, test: 100, columns }, columns);
    expectEqual(trialOf(other), other);
  });

  it('for few and many bins, with and without missing values, with weights', () => {
    for (const bins of [2, 16, 255])
      for (const missing of [0, 0.3])
        for (const weights of [false, true]) {
          // All of an odd number of rows: the loops over pairs have a last row left.
          const other = generate({ train: 1501, test: 100, columns: 6, bins, missing, weights }, bins);
          expectEqual(trialOf(other, { parameters: { ...parameters, bagging: 1 } }), other);
        }
  });

  it('for weights far apart', () => {
    const weight = Float32Array.from(set.base.rows, (_, i) => 10 ** ((i % 9) - 4));
    expectEqual(trialOf(set, { overlay: { ...set.base, weight } }));
  });

  it('for any leaves, smallest leaves, penalties and shares', () => {
    const rules = fc.record({
      leaves: fc.integer({ min: 2, max: 80 }),
      minLeafRows: fc.integer({ min: 1, max: 60 }),
      l2: fc.double({ min: 0, max: 10, noNaN: true }),
      minGain: fc.double({ min: 0, max: 2, noNaN: true }),
      bagging: fc.double({ min: 0.2, max: 1, noNaN: true }),
      learningRate: fc.double({ min: 0.01, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(rules, (more) => expectEqual(trialOf(set, { parameters: { ...parameters, ...more } }), set, 1)),
      { numRuns: 12 },
    );
  });

  it('for masked and replaced columns and for tuning rows', () => {
    const replaced = Uint8Array.from({ length: set.frame.rows }, (_, row) => (row * 31) % 50);
    const overlay = { ...set.base, masked: [0, 4], columns: new Map([[2, replaced]]) };
    expectEqual(trialOf(set, { overlay }));
    const tune = { rows: set.base.rows.filter((row) => set.frame.part[row] === 1), patience: 3 };
    expectEqual(trialOf(set, { tune, parameters: { ...parameters, rounds: 80, learningRate: 0.5 } }));
  });

  it('for two rows and for none to score', () => {
    const pair = { ...set.base, rows: Int32Array.of(0, 1), label: Uint8Array.of(0, 1) };
    const two = trialOf(set, { overlay: pair, parameters: { ...parameters, minLeafRows: 1, bagging: 1 } });
    expectEqual(two);
    expect(train(wasm, trialOf(set, { score: new Int32Array(0) })).scores).toHaveLength(0);
  });

  it('for more scored rows than are scored at a time', () => {
    const long = Int32Array.from({ length: 40_000 }, (_, i) => i % set.frame.rows);
    expectEqual(trialOf(set, { score: long }));
  });

  it('after larger and smaller models and after one that was stopped', () => {
    const fresh = train(createKernel('wasm'));
    const big = generate({ train: 60_000, test: 10, columns: 20 }, 2);
    train(wasm, trialOf(big, { parameters: { ...parameters, rounds: 1 } }), big);
    expect(train(wasm)).toEqual(fresh);
    let asked = 0;
    const stop = (): void => {
      if (++asked === 4) throw new AssayError('interrupted', {});
    };
    expect(() => trainTrial(set.frame, trialOf(set), stop, wasm)).toThrow(/Interrupted/);
    expect(train(wasm)).toEqual(fresh);
  });
});

describe('memory', () => {
  it('gives the same model however few histograms it keeps', () => {
    const all = train(reference);
    for (const kernel of [wasm, reference])
      for (const histograms of [2, 3, 5]) expect(train(keeping(kernel, histograms))).toEqual(all);
  });

  it('is bounded for the histograms of wide data', () => {
    const columns = Array.from({ length: 5000 }, () => ({ binCount: 255 }));
    const wide = layoutOf({ ...set.frame, columns }, []);
    expect(8 * wide.size * histogramSlots(wide, 31)).toBeLessThanOrEqual(256 * 2 ** 20);
    expect(histogramSlots(wide, 31)).toBeGreaterThanOrEqual(2);
    expect(histogramSlots(layoutOf(set.frame, []), 31)).toBe(31);
  });

  it('takes 33 bytes a row beside its bins in both orders', () => {
    const layout = layoutOf(set.frame, []);
    const shape: Shape = { layout, rows: 0, weighted: false, histograms: 2, leaves: 31, scored: 0 };
    const bytes = regionsOf({ ...shape, rows: 1e6 }, 0).end - regionsOf(shape, 0).end;
    expect(Math.round(bytes / 1e6)).toBe(2 * layout.stride + 33);
  });

  it('that does not suffice leaves the model to the reference', () => {
    const names: string[] = [];
    const tiny = createWasmKernel(compileModule()!, 2 ** 20);
    const spy: Kernel = {
      name: 'wasm',
      allocate: (shape) => {
        const work = tiny.allocate(shape);
        // The reference makes memory of its own for each array.
        names.push(work.label.buffer === work.scores.buffer ? 'wasm' : 'typescript');
        return work;
      },
    };
    const big = generate({ train: 30_000, test: 100, columns: 20 }, 4);
    expect(train(spy, trialOf(big), big)).toEqual(train(reference, trialOf(big), big));
    expect(names).toEqual(['typescript']);
  });
});

describe('checked', () => {
  const scale = { gradient: 2 ** 20, hessian: 2 ** 20, unit: 2 ** 33 };
  it('lets sums pass that fit', () => {
    const sums = { gradient: -5, hessian: 100, rows: 400 };
    expect(checked(sums, 400, scale)).toBe(sums);
  });
  it.each([
    { gradient: 2 ** 33, hessian: 1, rows: 400 },
    { gradient: -(2 ** 33), hessian: 1, rows: 400 },
    { gradient: 0, hessian: 2 ** 12, rows: 400 },
    { gradient: 0, hessian: 1, rows: 401 },
    { gradient: Number.NaN, hessian: 1, rows: 400 },
  ])('refuses %o', (sums) => {
    expect(() => checked(sums, 400, scale)).toThrow(/do not fit/);
  });
});
