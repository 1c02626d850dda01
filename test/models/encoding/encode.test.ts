import { describe, expect, it } from 'vitest';
import type { Encoding, EncodingName } from '../../../src/models/encoding/encoding.js';
import type { Frame, Overlay } from '../../../src/models/frame/frame.js';
import type { Trial } from '../../../src/models/trainer.js';
import { createRandom } from '../../../src/core/random.js';
import { createRun } from '../../../src/core/run.js';
import { createEncoded } from '../../../src/models/encoding/encoded-trainer.js';
import { encode } from '../../../src/models/encoding/encode.js';
import { chooseEncoding } from '../../../src/models/encoding/choose-encoding.js';
import { planEncoding } from '../../../src/models/encoding/encoding.js';
import { alteredCopies, levelsOf } from '../../../src/models/encoding/levels.js';
import { places, targetMeans } from '../../../src/models/encoding/target-means.js';
import { foldOf, folds, scored, smoothingFor, trainingEntries } from '../../../src/models/encoding/training-entries.js';
import { noCode } from '../../../src/models/frame/frame.js';
import { findTwins } from '../../../src/models/frame/twins.js';
import { asIs } from '../../../src/models/frame/overlay.js';
import { trainTrial } from '../../../src/models/gbdt/train.js';
import { createTrainer } from '../../../src/models/pool/trainer.js';
import { defaultParameters } from '../../../src/models/trainer.js';
import { auc } from '../../../src/stats/auc.js';
import { idFrame } from './id-frame.js';

const frame = idFrame(6000);
const base = asIs(frame);
const test = Int32Array.from(frame.part.keys()).filter((row) => frame.part[row] === 2);
const parameters = { ...defaultParameters, rounds: 15, leaves: 8, minLeafRows: 5 };
const seed = 3;

const encodingOf = (name: EncodingName, of: Frame = frame): Encoding => planEncoding(of, name, seed)!;
const trialOf = (overlay: Overlay, name: EncodingName): Trial => {
  const encoding = planEncoding(frame, name, seed);
  return { overlay, parameters, seed: 1, score: test, ...(encoding === null ? {} : { encoding }) };
};
/** Target mean of the id column for each frame row. */
const meansOf = (overlay: Overlay, of: Frame = frame): Float64Array => {
  const entries = trainingEntries(of, overlay, seed)!;
  const copies = alteredCopies(overlay);
  const levels = levelsOf(of, overlay, copies, 2);
  const { values } = targetMeans(levels, entries, copies);
  return Float64Array.from(
    { length: of.rows },
    (_, row) => values[(levels.of[row]! + 1) * places + entries.fold[row]!]!,
  );
};
const relabelled = (changes: ReadonlyMap<number, number>): Overlay => ({
  ...base,
  label: base.label.map((y, i) => changes.get(base.rows[i]!) ?? y),
});
const only = (rows: Int32Array): Overlay => ({
  ...base,
  rows,
  label: Uint8Array.from(rows, (row) => frame.label[row]!),
});

describe('target means', () => {
  it('are the smoothed rates of the other folds, and of all folds for scored rows', () => {
    const fold = foldOf(frame, base.rows, seed);
    const code = frame.codes.get(2)!.of;
    const rate = base.label.reduce((sum, y) => sum + y, 0) / base.rows.length;
    const m = smoothingFor(rate);
    const got = meansOf(base);
    for (const row of [0, 1, 17, 488, 9, 29, 5999]) {
      if (code[row] === noCode) continue;
      const seen = [...base.rows].filter(
        (r) => code[r] === code[row] && (fold[row] === scored || fold[r] !== fold[row]),
      );
      const ones = seen.filter((r) => frame.label[r] === 1).length;
      expect(got[row]).toBeCloseTo((ones + m * rate) / (seen.length + m), 12);
    }
  });

  it('never see the label of their own row, nor any of its fold', () => {
    const fold = foldOf(frame, base.rows, seed);
    const before = meansOf(base);
    // Swapping the labels of two rows of a fold keeps the base rate: the fold's own values must not move at all.
    const [one, zero] = [1, 0].map((y) => base.rows.find((row) => fold[row] === 2 && frame.label[row] === y)!);
    const after = meansOf(
      relabelled(
        new Map([
          [one!, 0],
          [zero!, 1],
        ]),
      ),
    );
    for (const row of base.rows.filter((r) => fold[r] === 2)) expect(after[row]).toBe(before[row]);
    expect([...base.rows].some((row) => after[row] !== before[row])).toBe(true);
  });

  it('cannot be asked for within the sample', () => {
    // @ts-expect-error there is no such name
    expect(planEncoding(frame, 'in-sample', seed)?.single).toEqual(encodingOf('te').single);
    expect(folds).toBe(5);
    // A level whose rows lie in one fold has nothing to learn from: exactly the base rate, whatever its labels.
    const fold = foldOf(frame, base.rows, seed);
    const code = frame.codes.get(2)!.of;
    const kept = base.rows.filter((row) => code[row] !== 7 || fold[row] === 1);
    const overlay = only(kept);
    const rate = overlay.label.reduce((sum, y) => sum + y, 0) / kept.length;
    const got = meansOf(overlay);
    for (const row of kept.filter((r) => code[r] === 7)) expect(got[row]).toBeCloseTo(rate, 12);
  });

  it('give unseen ids and ids without training rows the base rate', () => {
    const code = frame.codes.get(2)!.of;
    const overlay = only(base.rows.filter((row) => code[row] !== 7));
    const rate = overlay.label.reduce((sum, y) => sum + y, 0) / overlay.rows.length;
    const got = meansOf(overlay);
    const strangers = [...test].filter((row) => code[row] === noCode || code[row] === 7);
    expect(strangers.length).toBeGreaterThan(5);
    for (const row of strangers) expect(got[row]).toBeCloseTo(rate, 12);
  });

  it('take a weight of 2 for a row that is there twice', () => {
    const twice = only(Int32Array.from([...base.rows].flatMap((row) => (row % 3 === 0 ? [row, row] : [row]))));
    const weighted = { ...base, weight: Float32Array.from(base.rows, (row) => (row % 3 === 0 ? 2 : 1)) };
    expect(meansOf(weighted)).toEqual(meansOf(twice));
  });

  it('smooth by the base rate, within limits', () => {
    expect(smoothingFor(0.03)).toBeCloseTo(137.46, 2);
    expect(smoothingFor(0.5)).toBe(16);
    expect(smoothingFor(0.0001)).toBe(1000);
  });
});

describe('folds', () => {
  it('stay when labels, rows or other arms change', () => {
    const fold = foldOf(frame, base.rows, seed);
    const fewer = base.rows.filter((row) => row % 4 !== 0);
    const other = foldOf(frame, fewer, seed);
    for (const row of fewer) expect(other[row]).toBe(fold[row]);
    const swapped = trainingEntries(frame, relabelled(new Map([[0, 1 - frame.label[0]!]])), seed)!;
    expect(swapped.fold).toEqual(fold);
    expect(foldOf(frame, base.rows, seed + 1)).not.toEqual(fold);
    expect(new Set(fold)).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  });

  it('are shared by copies, and by rows with equal features and other labels', () => {
    const again = idFrame(2000);
    const { of } = again.codes.get(2)!;
    const pairs = Array.from({ length: 40 }, (_, i) => [50 * i, 50 * i + 1] as const);
    for (const [row, copy] of pairs) {
      again.bins.copyWithin(copy * 8, row * 8, row * 8 + 8);
      of[copy] = of[row]!;
      again.label[copy] = 1 - again.label[row]!;
    }
    const fold = foldOf({ ...again, twins: findTwins(again) }, asIs(again).rows, seed);
    expect(pairs.every(([row, copy]) => fold[row] === fold[copy] && fold[row] !== scored)).toBe(true);
    const byKey = foldOf({ ...again, twins: null }, asIs(again).rows, seed);
    expect(pairs.every(([row, copy]) => byKey[row] === byKey[copy])).toBe(false);
    // With few columns, rows are equal without being copies.
    expect(findTwins({ ...again, bins: new Uint8Array(again.bins.length), codes: new Map() })).toBeNull();
    // Injected copies are entries of their row: one fold, one value, and none of the copies' labels in it.
    const doubled = only(Int32Array.from([...base.rows].flatMap((row) => [row, row])));
    const entries = trainingEntries(frame, doubled, seed)!;
    expect(entries.fold).toEqual(foldOf(frame, base.rows, seed));
  });
});

describe('encode', () => {
  it('names what qualifies and leaves frames without ids alone', () => {
    expect(encodingOf('te')).toEqual({ name: 'te', seed, single: [2], sum: [], pairs: [] });
    expect(encodingOf('te-sum').sum).toEqual([1, 2]);
    expect(encodingOf('te-pair').pairs).toEqual([[1, 2]]);
    expect(planEncoding({ ...frame, codes: new Map() }, 'te', seed)).toBeNull();
    expect(planEncoding(frame, 'rank', seed)).toBeNull();
  });

  it.each(['te', 'te-sum', 'te-pair'] as const)('%s finds the effects of ids that ranks hide', (name) => {
    const labels = Uint8Array.from(test, (row) => frame.label[row]!);
    const of = (which: EncodingName): number => auc(trainTrial(frame, trialOf(base, which)).scores, labels);
    expect(of(name) - of('rank')).toBeGreaterThan(0.02);
  });

  it('follows an overlay that changes the ids, and no masked column', () => {
    const gone = new Uint8Array(frame.rows).fill(255);
    const none = new Int32Array(frame.rows).fill(noCode);
    const allNull = { ...base, columns: new Map([[2, gone]]), codes: new Map([[2, none]]) };
    const { trial, frame: wider } = encode(frame, trialOf(allNull, 'te'));
    expect(wider.columns.at(-1)!.binCount).toBe(1);
    expect(new Set(trial.overlay.columns.get(3))).toEqual(new Set([0]));
    expect(encode(frame, trialOf({ ...base, masked: [2] }, 'te-pair')).frame.columns).toHaveLength(3);
    expect(encode(frame, trialOf(base, 'te')).frame.columns).toHaveLength(4);
  });

  it('gives copies with another id its value', () => {
    const rows = Int32Array.from([...base.rows].flatMap((row) => [row, row]));
    const variants = {
      row: Int32Array.from(base.rows),
      ordinal: new Int32Array(base.rows.length).fill(1),
      column: new Int32Array(base.rows.length).fill(2),
      bin: new Uint8Array(base.rows.length).fill(255),
      code: new Int32Array(base.rows.length).fill(noCode),
    };
    const encoded = encode(frame, trialOf({ ...only(rows), variants }, 'te')).trial.overlay;
    const plain = encode(frame, trialOf(base, 'te')).trial.overlay;
    expect(encoded.variants!.row).toHaveLength(2 * base.rows.length);
    // All copies have lost their id: one bin, that of the base rate.
    expect(new Set(encoded.variants!.bin.filter((_, i) => encoded.variants!.column[i] === 3)).size).toBe(1);
    // What is left of each id is what there was without copies, up to the base rate and the edges.
    expect(new Set(encoded.columns.get(3)).size).toBeGreaterThan(100);
    expect(new Set(plain.columns.get(3)).size).toBeGreaterThan(100);
  });

  it('bears no rows, one class, and one class in a fold', () => {
    const none = only(new Int32Array(0));
    expect(encode(frame, trialOf(none, 'te')).frame).toBe(frame);
    expect(() => trainTrial(frame, trialOf(none, 'te'))).toThrow(/no training rows/);
    const zeros = { ...base, label: new Uint8Array(base.rows.length) };
    expect(() => trainTrial(frame, trialOf(zeros, 'te'))).toThrow(/all \d+ training rows have label 0/);
    const fold = foldOf(frame, base.rows, seed);
    const lame = { ...base, label: base.label.map((y, i) => (fold[base.rows[i]!] === 0 ? 0 : y)) };
    expect(trainTrial(frame, trialOf(lame, 'te')).scores.every((p) => p > 0 && p < 1)).toBe(true);
  });

  it('gives equal bits on one and on two threads', async () => {
    const results = [];
    for (const threads of [1, 2]) {
      // No trial needs the engine.
      const run = createRun({ engine: null as never, threads });
      const trainer = await createTrainer(frame, run);
      const trials = (['te', 'te-sum', 'te-pair', 'te'] as const).map((name) => trialOf(base, name));
      results.push((await trainer.train(trials)).map(({ scores }) => scores));
      await run.close();
    }
    expect(results[0]).toEqual(results[1]);
    expect(results[0]![0]).toEqual(results[0]![3]);
    expect(results[0]![0]).not.toEqual(results[0]![1]);
  });
});

describe('chooseEncoding', () => {
  it('takes te where ids have effects, and ranks where they have none', async () => {
    // No trial needs the engine.
    const run = createRun({ engine: null as never, threads: 1 });
    const trainer = await createTrainer(frame, run);
    const chosen = await chooseEncoding(trainer, base, 'auto', parameters);
    expect(chosen.encoding?.name).toBe('te');
    expect(chosen.rounds).toBeGreaterThan(4);
    expect((await chooseEncoding(trainer, base, 'rank', parameters)).encoding).toBeNull();
    expect((await chooseEncoding(trainer, base, 'te-sum', parameters)).encoding?.name).toBe('te-sum');
    const random = createRandom(5);
    const label = frame.label.map((_, row) =>
      random.at(row) < 0.1 + 0.3 * (frame.bins[row * 8]! > 100 ? 1 : 0) ? 1 : 0,
    );
    const plain = await createTrainer({ ...frame, label }, run);
    for (const wanted of ['auto', 'best'] as const)
      expect((await chooseEncoding(plain, asIs({ ...frame, label }), wanted, parameters)).encoding).toBeNull();
    await run.close();
  });
});

describe('chooseEncoding from all', () => {
  it('takes pairs where only the pair of two columns says something', async () => {
    // No trial needs the engine.
    const run = createRun({ engine: null as never, threads: 1 });
    const { of } = frame.codes.get(2)!;
    const random = createRandom(6);
    const label = frame.label.map((_, row) => {
      const isEven = (of[row]! + frame.bins[row * 8 + 1]!) % 2 === 0;
      return random.at(row) < (isEven ? 0.9 : 0.1) ? 1 : 0;
    });
    const trainer = await createTrainer({ ...frame, label }, run);
    const as = async (wanted: 'auto' | 'best'): Promise<string | undefined> =>
      (await chooseEncoding(trainer, asIs({ ...frame, label }), wanted, parameters)).encoding?.name;
    expect([await as('auto'), await as('best')]).toEqual([undefined, 'te-pair']);
    await run.close();
  });
});

describe('createEncoded', () => {
  it('trains with its own encoding, and says where there is none', async () => {
    // No trial needs the engine.
    const run = createRun({ engine: null as never, threads: 1 });
    const [te, rank] = [await createEncoded('te', frame, run), await createEncoded('rank', frame, run)];
    const [plain] = await rank.train([trialOf(base, 'te')]);
    const [means] = await te.train([trialOf(base, 'rank')]);
    expect(plain!.scores).toEqual(trainTrial(frame, trialOf(base, 'rank')).scores);
    expect(means!.scores).not.toEqual(plain!.scores);
    await expect(createEncoded('te', { ...frame, codes: new Map() }, run)).rejects.toThrow(/rank here/);
    await run.close();
  });
});
