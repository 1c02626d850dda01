import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../src/models/frame/frame.js';
import { asIs } from '../../../src/models/frame/overlay.js';
import { auc } from '../../../src/stats/auc.js';
import { createRandom } from '../../../src/core/random.js';
import { defaultParameters } from '../../../src/models/trainer.js';
import { trainForest } from '../../../src/models/forest/train-forest.js';

const rows = 600;
const random = createRandom(3);

/** Three columns of 100 bins; the label follows the sum of the first two. The last third is scored. */
function frame(): Frame {
  const bins = new Uint8Array(rows * 8);
  const label = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let c = 0; c < 3; c++) bins[row * 8 + c] = Math.floor(100 * random.fork(`c${c}`).at(row));
    const chance = (bins[row * 8]! + bins[row * 8 + 1]!) / 200;
    label[row] = random.fork('y').at(row) < chance ** 2 * 2 ? 1 : 0;
  }
  const columns = [0, 1, 2].map(() => ({ binCount: 100 }));
  const part = Uint8Array.from({ length: rows }, (_, row) => (row < 400 ? 0 : 2));
  // The forest reads bins, labels and parts; what else a frame holds is left out.
  return { rows, stride: 8, bins, columns, label, weight: null, part } as unknown as Frame;
}

const data = frame();
const score = Int32Array.from({ length: 200 }, (_, i) => 400 + i);
const trial = { overlay: asIs(data), parameters: defaultParameters, seed: 9, score };

describe('a random forest on bins', () => {
  it('learns, and the same again with the same seed only', () => {
    const { scores } = trainForest(data, trial);
    expect(auc(scores, data.label.subarray(400))).toBeGreaterThan(0.7);
    expect(scores.every((p) => p >= 0 && p <= 1)).toBe(true);
    expect(trainForest(data, trial).scores).toEqual(scores);
    expect(trainForest(data, { ...trial, seed: 10 }).scores).not.toEqual(scores);
  });

  it('sees what an overlay changes', () => {
    const blind = { ...trial, overlay: { ...trial.overlay, masked: [0, 1] } };
    expect(auc(trainForest(data, blind).scores, data.label.subarray(400))).toBeLessThan(0.62);
  });

  it('refuses one class and no columns', () => {
    const { overlay } = trial;
    const one = { ...overlay, label: overlay.label.map(() => 1) };
    expect(() => trainForest(data, { ...trial, overlay: one })).toThrow(/one class/);
    expect(() => trainForest(data, { ...trial, overlay: { ...overlay, masked: [0, 1, 2] } })).toThrow(/no feature/);
  });
});
