import type { Engine } from '../../src/core/engine.js';
import type { AssayError } from '../../src/core/errors.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { OpenOptions } from '../../src/dataset/open.js';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRun } from '../../src/core/run.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { openStudy } from '../../src/dataset/open.js';

let engine: Engine;
let run: Run;
let cache: string;

beforeAll(async () => {
  engine = await createDuckDb({ threads: 1, memory: '500MB' });
  run = createRun({ engine });
  cache = await mkdtemp(join(tmpdir(), 'assay-test-'));
});
afterAll(async () => {
  await engine.close();
  await rm(cache, { recursive: true });
});

function open(path: string, options: Partial<OpenOptions> = {}): Promise<Study> {
  return openStudy(
    { train: fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url)), cache, ...options },
    run,
  );
}

describe('broken files', () => {
  it.each([
    ['empty.csv', 'file-empty'],
    ['no-rows.csv', 'file-empty'],
    ['no-rows.parquet', 'file-empty'],
    ['truncated.parquet', 'file-damaged'],
    ['garbled.parquet', 'file-damaged'],
    ['endless.arrow', 'file-damaged'],
    ['no-columns.arrow', 'file-damaged'],
    ['no-schema.arrows', 'file-damaged'],
    ['short-column.arrow', 'file-damaged'],
    ['long-list.arrow', 'file-damaged'],
    ['zero-in-name.parquet', 'file-damaged'],
    ['ragged.csv', 'too-many-rejects'],
    ['latin-1.csv', 'encoding-wrong'],
    ['utf-16.csv', 'encoding-wrong'],
    ['three-labels.csv', 'label-not-binary'],
    ['null-labels.csv', 'label-not-binary'],
    ['one-class.csv', 'label-one-class'],
  ])('%s: %s', async (name, code) => {
    const label = code.startsWith('label') ? { label: 'label' } : {};
    const error = await open(`broken/${name}`, label).catch((thrown: AssayError) => thrown);
    expect(error).toMatchObject({ name: 'AssayError', code, exit: 3 });
  });

  it('opens a file with few ragged lines, and foreign encodings when named', async () => {
    const { files } = await open('broken/ragged-few.csv');
    expect(files).toEqual([{ role: 'train', name: 'ragged-few.csv', rows: 300, rejected: 2 }]);
    expect((await open('broken/latin-1.csv', { encoding: 'latin-1' })).whole.rows).toBe(4);
    expect((await open('broken/utf-16.csv', { encoding: 'utf-16' })).whole.rows).toBe(4);
  });

  it('names columns without a name by their places', async () => {
    const { whole } = await open('broken/no-name.arrows');
    expect(whole.columns.map(({ name }) => name)).toEqual(['column0', 'column1', 'column2']);
  });
});

describe('tiny files', () => {
  it('finds the roles of a click log', async () => {
    const { roles } = await open('tiny/clicks.csv');
    expect([roles.label?.column.name, roles.time?.name, roles.user?.name, roles.item?.name]).toEqual([
      'click',
      't',
      'user',
      'item',
    ]);
    expect(roles.excluded.map((e) => e.column.name)).toEqual(['row', 't', 'click']);
    expect(roles.features.map((f) => f.column.name)).toEqual(['user', 'item', 'device', 'price']);
  });

  it('keeps odd names out of SQL', async () => {
    const { whole } = await open('tiny/odd-names.csv');
    expect(whole.columns.map((c) => c.name)).toEqual([
      'a "quoted" name',
      'two\nlines',
      '<script>alert(1)</script>',
      'column3',
      'x',
      'x_2',
      "it's; DROP TABLE k",
      'label',
    ]);
    expect(whole.rows).toBe(12);
  });

  it('counts blanks of a numeric column', async () => {
    const { whole } = await open('tiny/blanks.csv');
    expect(whole.columns.find((c) => c.name === 'total')).toMatchObject({ type: 'DOUBLE', blanks: 3 });
  });
});
