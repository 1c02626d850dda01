import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/core/engine.js';
import type { Frame, Overlay } from '../../../src/models/frame/frame.js';
import type { Plan } from '../../../src/core/plan.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import { AssayError } from '../../../src/core/errors.js';
import { expr, planOf } from '../../../src/core/plan.js';
import { createRun } from '../../../src/core/run.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { buildFrame } from '../../../src/models/frame/build.js';
import { missingBin } from '../../../src/models/frame/frame.js';
import { asIs, overlayOf } from '../../../src/models/frame/overlay.js';
import { tableStudy } from '../table-study.js';

// Rows 0-5 train, 6-7 tuning, 8-9 inner, 10-11 outer.
const part = [0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3];
const price = [100, 200, 300, null, 500, 600, 100, 200, 300, 400, null, 900];
const shop = ['a', 'a', 'a', 'b', 'b', null, 'c', 'a', 'b', 'z', null, 'c'];
const label = [0, 1, 0, 0, 1, 0, 0, 1, 0, 1, 0, 1];

let engine: Engine;
let run: Run;
let study: Study;
let frame: Frame;

beforeAll(async () => {
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine });
  study = await tableStudy(
    'tiny',
    [
      { name: 'price', type: 'DOUBLE', values: price, kind: 'numeric' },
      { name: 'shop', type: 'VARCHAR', values: shop, kind: 'categorical' },
      { name: 'text', type: 'VARCHAR', values: price.map((p) => (p === null ? ' ' : ` ${p}`)), kind: 'numeric' },
    ],
    label,
    part,
    run,
  );
  frame = await buildFrame(study, run);
});
afterAll(() => engine.close());

const column = (overlay: Overlay, c: number): number[] =>
  Array.from({ length: frame.rows }, (_, row) => overlay.columns.get(c)?.[row] ?? frame.bins[row * frame.stride + c]!);
const make = (plan: Plan, scope: 'train-rows' | 'serve' | 'all' = 'train-rows'): Promise<Overlay> =>
  overlayOf(frame, study, plan, scope, run);
const keys = async (
  name: string,
  list: readonly number[],
  values?: readonly number[],
): Promise<{ list: string; of: string }> => {
  const value = values === undefined ? [] : [{ name: 'value', type: 'DOUBLE', values: Float64Array.from(values) }];
  await engine.put(
    name,
    [
      { name: 'k', type: 'BIGINT', values: BigInt64Array.from(list, BigInt) },
      { name: 'copy', type: 'INTEGER', values: new Int32Array(list.length) },
      ...value,
    ],
    run,
  );
  return { list: name, of: study.whole.hash };
};

describe('buildFrame', () => {
  it('bins numbers by edges of the training rows, text that is a number like a number, and blanks as missing', () => {
    // Distinct training values 100, 200, 300, 500, 600; 400 lies on the edge between 300 and 500, 900 above all.
    const bins = [0, 1, 2, missingBin, 3, 4, 0, 1, 2, 2, missingBin, 4];
    expect(column(asIs(frame), 0)).toEqual(bins);
    expect(column(asIs(frame), 2)).toEqual(bins);
    expect(frame.columns.map((c) => c.binCount)).toEqual([5, 3, 5]);
  });

  it('ranks levels by training frequency, ties by text, and calls unseen levels missing', () => {
    expect(column(asIs(frame), 1)).toEqual([0, 0, 0, 1, 1, missingBin, 2, 0, 1, missingBin, missingBin, 2]);
  });

  it('takes training and tuning rows as they are', () => {
    const base = asIs(frame);
    expect([...base.rows]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect([...base.label]).toEqual(label.slice(0, 8));
    expect(base.weight).toBeNull();
    expect([...frame.part]).toEqual(part);
    expect(frame.units).toBe(12);
  });

  it('reads an un-split study as training rows', async () => {
    const flat = await tableStudy(
      'flat',
      [{ name: 'x', type: 'DOUBLE', values: price, kind: 'numeric' }],
      label,
      null,
      run,
    );
    const all = await buildFrame(flat, run);
    expect(asIs(all).rows).toHaveLength(12);
  });

  it('numbers users as they appear, and gives rows without one a unit of their own', async () => {
    const values = ['u', 'v', 'u', null, null, 'v', 'u', 'u', 'w', 'w', 'v', 'u'];
    const named = await tableStudy(
      'named',
      [
        { name: 'x', type: 'DOUBLE', values: price, kind: 'numeric' },
        { name: 'user', type: 'VARCHAR', values, role: 'user' },
        { name: 'w', type: 'DOUBLE', values: [2, null, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.5], role: 'weight' },
        { name: 't', type: 'INTEGER', values: Array.from({ length: 12 }, (_, i) => 60 * i), role: 'time' },
      ],
      label,
      part,
      run,
    );
    const built = await buildFrame(named, run);
    expect([...built.unit]).toEqual([0, 1, 0, 2, 3, 1, 0, 0, 4, 4, 1, 0]);
    expect(built.units).toBe(5);
    expect([...built.weight!]).toEqual([2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.5]);
    expect([...built.time!].slice(0, 3)).toEqual([0, 60, 120]);
  });
});

describe('overlayOf', () => {
  it('drops and repeats training rows only', async () => {
    const plan = planOf(
      't',
      'x',
      { verb: 'drop-row', where: { rule: { cmp: '=', args: [expr.col('shop'), expr.text('b')] } } },
      { verb: 'repeat-row', where: { keys: await keys('rep', [1]) }, times: 3 },
    );
    const overlay = await make(plan);
    expect([...overlay.rows]).toEqual([0, 1, 1, 1, 2, 5, 6, 7]);
    expect([...overlay.label]).toEqual([0, 1, 1, 1, 0, 0, 0, 1]);
    expect(overlay.columns.size).toBe(0);
    expect(overlay.touched).toBe(4);
    const everywhere = await make(plan, 'all');
    expect([...everywhere.rows]).toEqual([...overlay.rows]);
  });

  it('sets labels and weights of training rows', async () => {
    const flip = planOf('t', 'x', { verb: 'set-label', list: await keys('flip', [0, 9]) });
    await engine.put(
      'flip',
      [
        { name: 'k', type: 'BIGINT', values: BigInt64Array.from([0n, 9n]) },
        { name: 'copy', type: 'INTEGER', values: new Int32Array(2) },
        { name: 'value', type: 'INTEGER', values: Int32Array.from([1, 0]) },
      ],
      run,
    );
    const flipped = await make(flip);
    expect([...flipped.label]).toEqual([1, ...label.slice(1, 8)]);
    expect(flipped.touched).toBe(1);
    const weighted = await make(
      planOf('t', 'x', { verb: 'weight-row', where: { keys: await keys('w', [2]) }, factor: 0.5 }),
    );
    expect([...weighted.weight!]).toEqual([1, 1, 0.5, 1, 1, 1, 1, 1]);
    expect(weighted.touched).toBe(1);
  });

  it('maps a column for all rows and bins it with the shared edges', async () => {
    const hundredth = { op: '/', args: [expr.col('price'), { lit: { type: 'DOUBLE', text: '100' } }] } as const;
    const slice = { cmp: '=', args: [expr.col('shop'), expr.text('a')] } as const;
    const overlay = await make(
      planOf('t', 'x', { verb: 'set-cell', column: 'price', where: { rule: slice }, to: hundredth }),
    );
    // 1, 2, 3 all lie below the first edge, 150.
    expect(column(overlay, 0)).toEqual([0, 0, 0, missingBin, 3, 4, 0, 0, 2, 2, missingBin, 4]);
    expect(overlay.touched).toBe(3);
    expect([...overlay.columns.keys()]).toEqual([0]);
  });

  it('sets cells by key in training rows, or in scored rows only when serving', async () => {
    const nothing = { lit: { type: 'DOUBLE', text: null } } as const;
    const where = { keys: await keys('cells', [0, 8, 11]) };
    const plan = planOf('t', 'x', { verb: 'set-cell', column: 'price', where, to: nothing });
    expect(column(await make(plan), 0)).toEqual([missingBin, 1, 2, missingBin, 3, 4, 0, 1, 2, 2, missingBin, 4]);
    const served = await make(plan, 'serve');
    expect(column(served, 0)).toEqual([0, 1, 2, missingBin, 3, 4, 0, 1, missingBin, 2, missingBin, missingBin]);
    expect([...served.rows]).toEqual([...asIs(frame).rows]);
    expect(served.touched).toBe(2);
    const both = await make(plan, 'all');
    expect(column(both, 0)).toEqual([missingBin, 1, 2, missingBin, 3, 4, 0, 1, missingBin, 2, missingBin, missingBin]);
  });

  it('masks dropped columns, follows renamed ones, and bins cast ones by value', async () => {
    const dropped = await make(planOf('t', 'x', { verb: 'drop-column', column: 'shop' }));
    expect(dropped.masked).toEqual([1]);
    const renamed = await make(planOf('t', 'x', { verb: 'rename-column', column: 'shop', to: 'store' }));
    expect(renamed.masked).toEqual([]);
    expect(renamed.touched).toBe(0);
    const cast = await make(planOf('t', 'x', { verb: 'cast-column', column: 'price', to: 'VARCHAR' }));
    expect(column(cast, 0)).toEqual(column(asIs(frame), 0));
  });

  it('keeps cells in which a copy differs from its row', async () => {
    const list = await keys('copies', [1]);
    const repeat = { verb: 'repeat-row', where: { keys: list }, times: 2 } as const;
    await engine.put(
      'later',
      [
        { name: 'k', type: 'BIGINT', values: BigInt64Array.from([1n]) },
        { name: 'copy', type: 'INTEGER', values: Int32Array.from([4097]) },
        { name: 'value', type: 'DOUBLE', values: Float64Array.from([600]) },
      ],
      run,
    );
    const set = { verb: 'set-cell', column: 'price', list: { list: 'later', of: study.whole.hash } } as const;
    const overlay = await make(planOf('t', 'x', repeat, set));
    expect([...overlay.rows]).toEqual([0, 1, 1, 2, 3, 4, 5, 6, 7]);
    expect(column(overlay, 0)[1]).toBe(1);
    expect(overlay.variants).toEqual({
      row: Int32Array.of(1),
      ordinal: Int32Array.of(1),
      column: Int32Array.of(0),
      bin: Uint8Array.of(4),
    });
  });

  it('refuses a plan that adds a column', async () => {
    const plan = planOf('t', 'x', { verb: 'add-column', column: 'half', type: 'DOUBLE', as: expr.col('price') });
    await expect(make(plan)).rejects.toThrow(AssayError);
    await expect(make(plan)).rejects.toMatchObject({ code: 'plan-refused', args: { step: 1 } });
  });
});
