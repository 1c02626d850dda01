import type { Engine, PutColumn } from '../../src/core/engine.js';
import type { Column, Relation } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Roles, Split, Study } from '../../src/core/study.js';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRun } from '../../src/core/run.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { splitStudy } from '../../src/dataset/split.js';
import { Part } from '../../src/core/relation.js';
import { noRoles } from '../../src/core/study.js';
import { delayedLabels } from '../../analyzers/delayed-labels/index.js';

let engine: Engine;
let run: Run;
let tables = 0;

beforeAll(async () => {
  engine = await createDuckDb({ threads: 2, memory: '500MB' });
  run = createRun({ engine });
});
afterAll(() => engine.close());

const label: Column = { id: 'c0', name: 'label', type: 'INTEGER' };
const time: Column = { id: 'c1', name: 't', type: 'DOUBLE' };
const user: Column = { id: 'c2', name: 'user', type: 'VARCHAR' };

interface Row {
  readonly label: number;
  readonly t: number | null;
  readonly user: string | null;
}

async function relationOf(rows: readonly Row[], firstKey = 0n): Promise<Relation> {
  const name = `rows_${++tables}`;
  const columns: PutColumn[] = [
    { name: 'k', type: 'BIGINT', values: BigInt64Array.from(rows, (_, i) => firstKey + BigInt(i)) },
    { name: 'c0', type: 'INTEGER', values: Int32Array.from(rows, (r) => r.label) },
    {
      name: 'c1',
      type: 'DOUBLE',
      values: Float64Array.from(rows, (r) => r.t ?? 0),
      valid: Uint8Array.from(rows, (r) => Number(r.t !== null)),
    },
    { name: 'c2', type: 'VARCHAR', values: rows.map((r) => r.user) },
  ];
  await engine.put(name, columns, run);
  return { name, columns: [label, time, user], rows: rows.length, split: false, hash: name };
}

async function studyOf(
  rows: readonly Row[],
  has: { time?: boolean; user?: boolean },
  test: readonly Row[] | null = null,
): Promise<Study> {
  const whole = await relationOf(rows);
  const roles: Roles = {
    ...noRoles,
    label: { column: label, positive: '1', negative: '0' },
    time: has.time === true ? time : null,
    user: has.user === true ? user : null,
  };
  return {
    files: [],
    whole,
    train: whole,
    evaluation: null,
    test: test === null ? null : await relationOf(test, 1n << 40n),
    reference: null,
    roles,
    split: null,
  };
}

/** Part of each row, in key order. */
async function partsOf(relation: Relation): Promise<number[]> {
  const rows = await engine.rows({ sql: `SELECT part FROM ${relation.name} ORDER BY k` }, 100_000, run);
  return rows.map((r) => Number(r['part']));
}

const anyRow = fc.record({
  label: fc.integer({ min: 0, max: 1 }),
  t: fc.option(fc.integer({ min: 0, max: 6 }), { freq: 8 }),
  user: fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', '', 'row 3'), { freq: 8 }),
});

describe('every split', () => {
  it('is a partition that counts right, and by time or user as it says', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRow, { minLength: 1, maxLength: 60 }),
        fc.record({ time: fc.boolean(), user: fc.boolean() }),
        fc.option(fc.array(anyRow, { minLength: 1, maxLength: 20 })),
        async (rows, has, test) => {
          const study = await splitStudy(await studyOf(rows, has, test), run);
          const split = study.split!;
          const parts = await partsOf(study.whole);
          const testParts = study.test === null ? [] : await partsOf(study.test);
          const counted = countParts([...rows, ...(test ?? [])], [...parts, ...testParts]);
          expect({ rows: split.rows, positives: split.positives }).toEqual(counted);
          expect(study.train.rows).toBe(split.rows.train + split.rows.tuning);
          expect(study.evaluation!.rows).toBe(split.rows.inner + split.rows.outer);
          expect((await partsOf(study.train)).filter((p) => p > 1)).toEqual([]);
          expect((await partsOf(study.evaluation!)).filter((p) => p !== 2 && p !== 3)).toEqual([]);
          const drawn = has.user ? 'user' : 'row';
          expect(test === null ? ['time', drawn] : ['test-file']).toContain(split.by);
          expect(test === null ? [] : parts.filter((p) => p > 1)).toEqual([]);
          expect(split.by === 'time' ? timeFaults(rows, parts) : []).toEqual([]);
          expect(has.user ? tornUsers(rows, parts, split.by === 'user') : []).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });
});

const partNames = ['train', 'tuning', 'inner', 'outer', 'leftOut'] as const;

function countParts(rows: readonly Row[], parts: readonly number[]): Pick<Split, 'rows' | 'positives'> {
  const none = { train: 0, tuning: 0, inner: 0, outer: 0, leftOut: 0 };
  const counted = { rows: { ...none }, positives: { ...none } };
  for (const [i, row] of rows.entries()) {
    const name = partNames[parts[i]!]!;
    counted.rows[name]++;
    counted.positives[name] += row.label;
  }
  return counted;
}

/** Training is before inner, inner before outer; ties go to the earlier; rows without a time are training rows. */
function timeFaults(rows: readonly Row[], parts: readonly number[]): string[] {
  const times = (low: number, high: number): number[] =>
    rows.flatMap((r, i) => (r.t !== null && parts[i]! >= low && parts[i]! <= high ? [r.t] : []));
  const held = times(2, 3);
  const oneTie = new Set(held).size === 1;
  const faults: string[] = [];
  if (held.length === 0) faults.push('nothing is held out');
  if (Math.max(...times(0, 1)) >= Math.min(...held)) faults.push('training reaches into what is held out');
  if (rows.some((r, i) => r.t === null && parts[i]! > 1)) faults.push('a row without a time is held out');
  if (held.length > 0.2 * times(0, 3).length && !oneTie) faults.push('more than a fifth is held out');
  if (!oneTie && Math.max(...times(2, 2)) >= Math.min(...times(3, 3))) faults.push('inner reaches into outer');
  return faults;
}

/** Users in both training and tuning; where users are drawn, users in any two parts. */
function tornUsers(rows: readonly Row[], parts: readonly number[], drawn: boolean): string[] {
  const seen = new Map<string, Set<number>>();
  for (const [i, { user: name }] of rows.entries()) {
    if (name === null || (!drawn && parts[i]! > 1)) continue;
    seen.set(name, (seen.get(name) ?? new Set()).add(parts[i]!));
  }
  return [...seen].filter(([, own]) => own.size > 1).map(([name]) => name);
}

describe('labels that are still arriving', () => {
  const day = 86_400;
  const perDay = 500;
  /** Twenty days at one row in ten positive, of which only `arrived` of each of the last days is there. */
  const log = (arrived: readonly number[]): Row[] =>
    Array.from({ length: 20 * perDay }, (_, i): Row => {
      const age = 19 - Math.floor(i / perDay);
      const share = arrived[age] ?? 1;
      // Every tenth row is positive; of each ten positives the first ones have arrived.
      const isPositive = i % 10 === 0 && ((i / 10) % 10) / 10 < share;
      return { label: isPositive ? 1 : 0, t: ((i + 1) * day) / perDay, user: null };
    });

  it('leaves the days out of training and evaluation, counts them and says so', async () => {
    const study = await splitStudy(await studyOf(log([0.3, 0.7]), { time: true }), run);
    const { rows, immature, reason } = study.split!;
    expect(immature).toMatchObject({ days: 2, seen: { mature: 0.1, completeness: [0.3, 0.7] } });
    expect(rows.leftOut).toBe(2 * perDay);
    expect(rows.inner + rows.outer).toBe(0.2 * 18 * perDay);
    expect(reason).toContain('The 1000 rows of the last 2 days are neither trained on nor scored');
    const parts = await partsOf(study.whole);
    expect(parts.slice(-2 * perDay).every((part) => part === Part.leftOut)).toBe(true);
    expect(parts.slice(0, -2 * perDay)).not.toContain(Part.leftOut);
    const { findings } = await delayedLabels.detect(study, run);
    expect(findings).toMatchObject([{ code: 'delayed-labels.left-out', args: { days: 2, rows: 1000 } }]);
  });

  it.each([
    ['an honest log', log([])],
    ['a rate that fell a week ago', log(Array.from({ length: 6 }, () => 0.5))],
  ])('leaves nothing out of %s', async (_, rows) => {
    const { split } = await splitStudy(await studyOf(rows, { time: true }), run);
    expect(split!.rows.leftOut).toBe(0);
    expect(split).not.toHaveProperty('immature');
  });

  it('does as it is told', async () => {
    const study = await studyOf(log([0.3, 0.7]), { time: true });
    const leftOut = async (maturity: number): Promise<number> =>
      (await splitStudy({ ...study, maturity }, run)).split!.rows.leftOut;
    expect([await leftOut(0), await leftOut(1.5), await leftOut(5)]).toEqual([0, 1.5 * perDay, 5 * perDay]);
    await expect(leftOut(20)).rejects.toThrow(/maturity/);
  });
});

describe('shares', () => {
  const many = Array.from({ length: 9_000 }, (_, i): Row => ({
    label: i % 10 === 0 ? 1 : 0,
    t: i,
    user: `u${i % 900}`,
  }));

  it('holds out the last fifth by time, a third of it inner', async () => {
    const { split } = await splitStudy(await studyOf(many, { time: true }), run);
    expect(split).toMatchObject({ by: 'time', unit: 'row' });
    expect(split!.rows).toMatchObject({ inner: 600, outer: 1200, leftOut: 0 });
    expect(split!.rows.tuning / 7200).toBeCloseTo(0.1, 1);
  });

  it('draws about a fifth of users, a third of it inner', async () => {
    const { split } = await splitStudy(await studyOf(many, { user: true }), run);
    expect(split).toMatchObject({ by: 'user', unit: 'user' });
    expect((split!.rows.inner + split!.rows.outer) / 9000).toBeCloseTo(0.2, 1);
    expect(split!.rows.outer / split!.rows.inner).toBeGreaterThan(1.2);
    expect(split!.reason).toContain('"user"');
  });

  it('is the same for the same seed and another for another', async () => {
    const study = await studyOf(many, {});
    const parts = async (seed: number): Promise<number[]> =>
      partsOf((await splitStudy(study, createRun({ engine, seed }))).whole);
    const first = await parts(1);
    expect(await parts(1)).toEqual(first);
    expect(await parts(2)).not.toEqual(first);
  });

  it('falls back to rows where all times are one', async () => {
    const { split } = await splitStudy(
      await studyOf(
        many.map((r) => ({ ...r, t: 5 })),
        { time: true },
      ),
      run,
    );
    expect(split!.by).toBe('row');
    expect(split!.reason).toContain('one value only');
  });
});
