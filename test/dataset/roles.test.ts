import type { Engine } from '../../src/core/engine.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { OpenOptions } from '../../src/dataset/open.js';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRun } from '../../src/core/run.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { openStudy } from '../../src/dataset/open.js';
import { editDistance, nearest } from '../../src/core/nearest.js';

let engine: Engine;
let run: Run;
let folder: string;
let files = 0;

beforeAll(async () => {
  engine = await createDuckDb({ threads: 1, memory: '500MB' });
  run = createRun({ engine });
  folder = await mkdtemp(join(tmpdir(), 'assay-test-'));
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true });
});

/** A study of a CSV with these columns, each given by its cells (repeated to 12 rows). */
async function study(
  columns: Readonly<Record<string, readonly unknown[]>>,
  options: Partial<OpenOptions> = {},
): Promise<Study> {
  const names = Object.keys(columns);
  const lines = Array.from({ length: 12 }, (_, r) => names.map((n) => columns[n]![r % columns[n]!.length]).join(','));
  const train = join(folder, `${++files}.csv`);
  await writeFile(train, [names.join(','), ...lines, ''].join('\n'));
  return openStudy({ train, cache: join(folder, 'cache'), header: true, ...options }, run);
}

/** The positive value of a label with these cells. */
async function positive(cells: readonly unknown[], given?: string): Promise<string> {
  return (await study({ x, label: cells }, given === undefined ? {} : { positive: given })).roles.label!.positive;
}

const ids = Array.from({ length: 12 }, (_, i) => i + 100);
const x = [1, 2, 3];

describe('label', () => {
  it('is the column named like one with two values, and says why', async () => {
    const { roles } = await study({ x, Churn: ['No', 'No', 'Yes'] });
    expect(roles.label).toEqual({
      column: { id: 'c1', name: 'Churn', type: 'VARCHAR' },
      positive: 'Yes',
      negative: 'No',
    });
    expect(roles.reasons.label).toContain('reads as yes');
    expect(roles.excluded.map((e) => e.column.name)).toEqual(['Churn']);
  });

  it('prefers telling names, and is none where nothing is named like one', async () => {
    expect((await study({ default: ['no', 'yes'], churn: [0, 1], y: ['no', 'yes'] })).roles.label!.column.name).toBe(
      'y',
    );
    expect((await study({ x, z: [0, 1] })).roles.label).toBe(null);
    expect((await study({ x, label: [0, 1, 2] })).roles.label).toBe(null);
  });

  it('is no coin toss', async () => {
    await expect(study({ label: [0, 1], target: [1, 0] })).rejects.toMatchObject({
      code: 'role-ambiguous',
      args: { role: 'label', candidates: ['label', 'target'] },
    });
    const { roles } = await study({ label: [0, 1], target: [1, 0] }, { label: 'target' });
    expect(roles.label!.column.name).toBe('target');
    expect(roles.features.map((f) => f.column.name)).toEqual(['label']);
  });

  it('takes the positive value that is given, or guesses with a reason', async () => {
    expect(await positive(['a', 'a', 'b'])).toBe('b');
    expect(await positive(['a', 'a', 'b'], 'a')).toBe('a');
    expect(await positive([0, 1, 1])).toBe('1');
    expect(await positive([0, 1], '0')).toBe('0');
    expect(await positive([0.5, 1.5], '0.50')).toBe('0.5');
    expect(await positive(['true', 'false'], '1')).toBe('true');
    expect(await positive(['good', 'good', 'late'])).toBe('late');
    await expect(positive([0, 1], '2')).rejects.toMatchObject({
      code: 'positive-unknown',
      args: { values: ['0', '1'] },
    });
  });

  it('has exactly two values and no null', async () => {
    await expect(study({ x, z: [0, 1, 2] }, { label: 'z' })).rejects.toMatchObject({
      code: 'label-not-binary',
      args: { values: ['0', '1', '2'] },
    });
    await expect(study({ x, z: [0, 1, ''] }, { label: 'z' })).rejects.toThrow('nulls');
    await expect(study({ x, z: ['a'] }, { label: 'z' })).rejects.toMatchObject({
      code: 'label-one-class',
      args: { value: 'a' },
    });
  });
});

describe('time', () => {
  it('is the one date, the date named like a time, or seconds', async () => {
    const day = ['2026-01-01', '2026-01-02'];
    expect((await study({ x, seen: day })).roles.time!.name).toBe('seen');
    expect((await study({ birth_date: day, x })).roles.time).toBe(null);
    expect((await study({ signup: day, timestamp: day })).roles.time!.name).toBe('timestamp');
    await expect(study({ signup: day, paid: day })).rejects.toMatchObject({ code: 'role-ambiguous' });
    expect((await study({ x, t: [0, 100_000, 400_000.5] })).roles.time!.name).toBe('t');
    expect((await study({ x, time: [0, 12.5, 23] })).roles.time).toBe(null);
    expect((await study({ x, t: [0, 9_000, 400] }, { time: 't' })).roles.reasons.time).toBe('given');
    await expect(study({ x, t: ['a', 'b'] }, { time: 't' })).rejects.toMatchObject({ code: 'option-invalid' });
  });

  it('is no feature, nor is any other date', async () => {
    const { roles } = await study({ x, timestamp: ['2026-01-01', '2026-01-02'], signup: ['2025-01-01'] });
    expect(roles.features.map((f) => f.column.name)).toEqual(['x']);
    expect(roles.excluded.map((e) => e.column.name)).toEqual(['timestamp', 'signup']);
  });
});

describe('ids and keys', () => {
  it('makes levels of users and items, and numbers of numbers', async () => {
    const { roles } = await study({
      User_ID: [1, 2, 3],
      'item id': [7, 8],
      position: [1, 2],
      p: [0.5],
      flag: ['true', 'false'],
      s: ['a'],
    });
    expect([roles.user!.name, roles.item!.name, roles.position!.name]).toEqual(['User_ID', 'item id', 'position']);
    expect(Object.fromEntries(roles.features.map((f) => [f.column.name, f.kind]))).toEqual({
      User_ID: 'categorical',
      'item id': 'categorical',
      position: 'numeric',
      p: 'numeric',
      flag: 'numeric',
      s: 'categorical',
    });
    expect(roles.reasons.user).toContain('User_ID');
  });

  it('takes a domain only where one is named, as levels, and not where the label is', async () => {
    const columns = { click: [0, 1], shop: [1, 2, 3], country: ['a', 'b'] };
    expect((await study(columns)).roles.domain).toBe(null);
    const { roles } = await study(columns, { domain: 'shop', label: 'click' });
    expect([roles.domain!.name, roles.reasons.domain]).toEqual(['shop', 'given']);
    expect(roles.features.find((f) => f.column.name === 'shop')!.kind).toBe('categorical');
    const refused = study(columns, { domain: 'click', label: 'click' });
    await expect(refused).rejects.toMatchObject({ code: 'option-invalid' });
  });

  it('leaves out what only names rows', async () => {
    const { roles } = await study({
      '': ids,
      customerID: ids.map((i) => `c${i}`),
      row: ids,
      user_id: ids,
      paid: [1, 2],
      amount: ids,
    });
    expect(roles.user).toBe(null);
    expect(roles.features.map((f) => f.column.name)).toEqual(['paid', 'amount']);
    expect(roles.excluded.map((e) => e.column.name)).toEqual(['column0', 'customerID', 'row', 'user_id']);
    expect(roles.excluded[0]!.reason).toContain('different in every row');
  });

  it('leaves out a count of rows that starts anew in each file', async () => {
    const first = join(folder, 'count-1.csv');
    await writeFile(first, 'index,v\n0,a\n1,b\n2,c\n');
    await writeFile(join(folder, 'count-2.csv'), 'index,v\n0,a\n1,b\n');
    const { roles } = await openStudy({ train: join(folder, 'count-*.csv'), cache: join(folder, 'cache') }, run);
    expect(roles.excluded.map((e) => e.column.name)).toEqual(['index']);
  });

  it('proves a key, or names the first repeat', async () => {
    const { roles } = await study({ a: ids, x }, { key: ['a', 'x'] });
    expect(roles.key.map((c) => c.name)).toEqual(['a', 'x']);
    expect(roles.features).toEqual([]);
    await expect(study({ a: [3, 1, 2, 1, 3, 4], x: [9] }, { key: ['a', 'x'] })).rejects.toMatchObject({
      code: 'key-not-unique',
      args: { columns: ['a', 'x'], example: 'a = "3", x = "9"' },
    });
  });

  it('leaves out what the user says, and never takes it for a role', async () => {
    const { roles } = await study({ label: [0, 1], target: [0, 1], x, user: [1, 2] }, { exclude: ['target', 'user'] });
    expect(roles.label!.column.name).toBe('label');
    expect(roles.user).toBe(null);
    expect(roles.features.map((f) => f.column.name)).toEqual(['x']);
  });
});

describe('names', () => {
  it('finds blank-padded names and suggests the nearest for unknown ones', async () => {
    const { roles } = await study({ x, ' lable ': [0, 1] }, { label: 'lable' });
    expect(roles.label!.column.name).toBe(' lable ');
    await expect(study({ x, click: [0, 1] }, { label: 'clik' })).rejects.toMatchObject({
      code: 'column-unknown',
      args: { column: 'clik', role: 'label', suggestion: 'click', columns: ['x', 'click'] },
    });
    await expect(study({ x }, { exclude: ['quite other'] })).rejects.toMatchObject({
      args: { role: 'exclude', suggestion: null },
    });
  });

  it('measures typing errors as a distance', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(nearest('lable', ['x', 'label', 'table'])).toBe('table');
    const word = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const d = editDistance(a, b);
        return d === editDistance(b, a) && (d === 0) === (a === b) && d <= Math.max(a.length, b.length);
      }),
    );
    fc.assert(
      fc.property(word, word, word, (a, b, c) => editDistance(a, c) <= editDistance(a, b) + editDistance(b, c)),
    );
  });
});

describe('test file', () => {
  it('must have the features and the two values of the label', async () => {
    const test = join(folder, 'other.csv');
    const open = async (text: string): Promise<Study> => {
      await writeFile(test, text);
      return study({ x, label: [0, 1] }, { test });
    };
    await expect(open('x\n1\n')).rejects.toMatchObject({ code: 'column-unknown', args: { role: 'label' } });
    await expect(open('label\n1\n0\n')).rejects.toMatchObject({
      code: 'column-unknown',
      args: { column: 'x', role: 'test' },
    });
    await expect(open('x,label\n1,0\n1,2\n')).rejects.toMatchObject({ code: 'label-not-binary' });
    await expect(open('x,label\n1,1\n')).rejects.toMatchObject({ code: 'label-one-class' });
    expect((await open('x,label\n1,1\n1,0\n')).test!.rows).toBe(2);
  });
});
