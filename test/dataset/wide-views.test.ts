import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/core/engine.js';
import type { Relation } from '../../src/core/relation.js';
import { createRun } from '../../src/core/run.js';
import { narrowed, wideFrom } from '../../src/dataset/engines/duckdb/narrow.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';

const width = 2 * wideFrom;
let folder: string;
let engine: Engine;
let relation: Relation;
/** The same rows as a table, which is read as the statement stands. */
let table: string;
const run = () => createRun({ engine });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-wide-'));
  engine = await createDuckDb({ threads: 2 });
  const path = join(folder, 'wide.parquet');
  const cells = Array.from(
    { length: width },
    (_, c) => `CASE WHEN (i + ${c}) % 7 = 0 THEN NULL ELSE i * ${c} END AS "n ${c}"`,
  );
  await engine.write({ sql: `SELECT ${cells.join(', ')} FROM range(50) r(i)` }, { kind: 'parquet', path }, run());
  relation = (await engine.attach({ files: [path], format: 'parquet', cache: folder }, run())).relation;
  table = 'plain_copy';
  await engine.write({ sql: `SELECT * FROM ${relation.name}` }, { kind: 'table', name: table }, run());
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true });
});

/** Statements of every form that shapes have. */
const statements: readonly [string, (name: string) => string][] = [
  ['a list', (name) => `SELECT k, c3, c399 FROM ${name} ORDER BY k`],
  ['every column', (name) => `SELECT * FROM ${name} ORDER BY k`],
  ['every column and more', (name) => `SELECT *, c2 + 1 AS more FROM ${name} ORDER BY k`],
  ['every column of an alias', (name) => `SELECT r.* FROM ${name} AS r JOIN (SELECT 3 AS k) AS s ON r.k = s.k`],
  ['columns by pattern', (name) => `SELECT max(COLUMNS('c.*')) FROM ${name}`],
  ['a star over a list', (name) => `SELECT * FROM (SELECT k, c5 FROM ${name}) ORDER BY k`],
  ['its own first table', (name) => `WITH r AS (SELECT k, c1 FROM ${name}) SELECT count(c1) AS n FROM r`],
  ['products and counts', (name) => `SELECT count(*) AS n, sum(c4 * c6) AS s FROM ${name}`],
  [
    'many selects',
    (name) => [1, 2, 3].map((c) => `SELECT k, c${c} AS v FROM ${name} WHERE c${c} > 40`).join(' UNION ALL '),
  ],
];

describe('views of many columns', () => {
  it.each(statements)('answer %s as a table would', async (_, sql) => {
    const of = (name: string) => engine.rows({ sql: sql(name) }, 1000, run());
    const rows = await of(relation.name);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows).toEqual(await of(table));
  });

  it('write and describe what they name', async () => {
    const sql = `SELECT c7 AS v FROM ${relation.name} WHERE c7 IS NOT NULL`;
    expect(await engine.write({ sql }, { kind: 'table', name: 'sevens' }, run())).toEqual({ rows: 42 });
    await engine.write({ sql }, { kind: 'view', name: 'seven_view' }, run());
    expect(await engine.rows({ sql: 'SELECT count(*) AS n FROM seven_view' }, 1, run())).toEqual([{ n: 42n }]);
    expect(await engine.describe({ sql }, run())).toEqual([{ name: 'v', type: 'BIGINT' }]);
  });

  it('are told once with the columns that a statement names, unless it may show all', () => {
    const columns = new Map([
      ['k', 'row'],
      ['c0', '"a"'],
      ['c1', '"b"'],
      ['c10', '"c"'],
    ]);
    const view = { name: 'src', columns, from: 'file', rows: 10 };
    const told = (sql: string): string => narrowed({ sql }, [view]).sql;
    expect(told('SELECT c1 FROM src')).toBe('WITH src AS (SELECT row AS k, "b" AS c1 FROM file) SELECT c1 FROM src');
    expect(told('WITH r AS (SELECT c10 FROM src) SELECT * FROM r')).toBe(
      'WITH src AS (SELECT row AS k, "c" AS c10 FROM file), r AS (SELECT c10 FROM src) SELECT * FROM r',
    );
    for (const whole of [
      'SELECT * FROM src',
      'SELECT *, 1 FROM src',
      'SELECT a.* FROM src AS a',
      'SELECT 1 FROM src_2',
    ])
      expect(told(whole)).toBe(whole);
    expect(narrowed({ sql: 'SELECT c0 FROM src' }, [{ ...view, rows: 2e8 }]).sql).toContain('AS NOT MATERIALIZED (');
  });
});
