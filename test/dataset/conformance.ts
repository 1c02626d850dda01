import type { AssayError } from '../../src/core/errors.js';
import type { Batch, Call, Engine, PutColumn, Query, Vector } from '../../src/core/engine.js';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.js';
import { rowDraw } from '../../src/dataset/sql/row-draw.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { differing, equal } from './dialect-lines.js';

/** What an engine is free to lack. */
export interface Lacks {
  /** Text formats it does not write. */
  readonly textFiles?: true;
}

/** What every engine behind the port must do alike. `createEngine` opens a fresh one with so many threads. */
export function run(name: string, createEngine: (threads: number) => Promise<Engine>, lacks: Lacks = {}): void {
  describe(`engine port: ${name}`, () => {
    let engine: Engine;
    /** Reads the files that were written, whoever wrote them. */
    let reader: Engine;
    let folder: string;
    const call: Call = { id: 'test', signal: new AbortController().signal };
    const rows = (sql: string, params?: Query['params']): ReturnType<Engine['rows']> =>
      engine.rows(params === undefined ? { sql } : { sql, params }, 10_000, call);

    beforeAll(async () => {
      engine = await createEngine(2);
      reader = await createDuckDb({ threads: 2, memory: '1GB' });
      folder = await mkdtemp(join(tmpdir(), 'assay-test-'));
    });
    afterAll(async () => {
      await engine.close();
      await reader.close();
      await rm(folder, { recursive: true });
    });

    const slow = 'SELECT sum(a.v * b.v) AS s FROM many a, many b WHERE (a.v + b.v) % 7 = 3';
    const many = async (): Promise<void> => {
      await engine.put(
        'many',
        [
          column(
            'v',
            'BIGINT',
            BigInt64Array.from({ length: 200_000 }, (_, i) => BigInt(i)),
          ),
        ],
        call,
      );
    };

    it('binds values and never splices them', async () => {
      const text = `O'Brien \\ "x" $y; -- \n/* */`;
      expect(
        await rows('SELECT $a AS a, $b AS b, $c AS c, $d AS d, $e AS e', { a: text, b: 1.5, c: 3n, d: true, e: null }),
      ).toEqual([{ a: text, b: 1.5, c: 3n, d: true, e: null }]);
    });

    it('quotes names and texts', async () => {
      const odd = `a"b'c\\d\n<script>`;
      const { id, text } = engine.dialect;
      expect(await rows(`SELECT ${text(odd)} AS ${id(odd)}`)).toEqual([{ [odd]: odd }]);
    });

    it('keeps 64-bit edges, both zeros, NaN, infinities and nulls in every way in and out', async () => {
      const columns: PutColumn[] = [
        column('k', 'BIGINT', BigInt64Array.of(0n, 1n, 2n, 3n, 4n)),
        column(
          'i',
          'BIGINT',
          BigInt64Array.of(2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n + 1n, 0n, 0n),
          Uint8Array.of(1, 1, 1, 1, 0),
        ),
        column('d', 'DOUBLE', Float64Array.of(-0, NaN, Infinity, 5e-324, 0), Uint8Array.of(1, 1, 1, 1, 0)),
        column('b', 'BOOLEAN', Uint8Array.of(1, 0, 1, 0, 0), Uint8Array.of(1, 1, 1, 1, 0)),
        column('s', 'VARCHAR', ['', 'NULL', `q"'\\\n`, 'a string longer than twelve bytes — ü', null]),
      ];
      await engine.put('edges', columns, call);
      const path = join(folder, 'edges.parquet');
      await engine.write({ sql: 'SELECT * FROM edges ORDER BY k' }, { kind: 'parquet', path }, call);
      for (const [where, from] of [
        [engine, 'edges'],
        [reader, `read_parquet(${reader.dialect.text(path)})`],
      ] as const) {
        const got = await all(where.batches({ sql: `SELECT * FROM ${from} ORDER BY k` }, call));
        for (const c of columns) expect(plain(got.get(c.name)!), `${c.name} from ${from}`).toEqual(plain(c));
        expect(Object.is((got.get('d')!.values as Float64Array)[0], -0)).toBe(true);
      }
    });

    it('keeps the sign of every zero among repeated values in a file', async () => {
      const n = 10_000;
      const values = Float64Array.from({ length: n }, (_, i) => (i % 3 === 0 ? -0 : i % 3 === 1 ? 0 : 1));
      await engine.put(
        'zeros',
        [
          column(
            'k',
            'BIGINT',
            BigInt64Array.from({ length: n }, (_, i) => BigInt(i)),
          ),
          column('d', 'DOUBLE', values),
        ],
        call,
      );
      const path = join(folder, 'zeros.parquet');
      const written = await engine.write({ sql: 'SELECT * FROM zeros ORDER BY k' }, { kind: 'parquet', path }, call);
      expect(written.rows).toBe(n);
      const got = await all(reader.batches({ sql: `SELECT d FROM read_parquet(${reader.dialect.text(path)})` }, call));
      expect(Buffer.from((got.get('d')!.values as Float64Array).buffer).equals(Buffer.from(values.buffer))).toBe(true);
    });

    it('gives each type its array', async () => {
      const sql = `SELECT CAST(1 AS TINYINT) AS a, CAST(2 AS INTEGER) AS b, CAST(4000000000 AS UINTEGER) AS c, CAST(5 AS BIGINT) AS d,
        DATE '1970-01-03' AS e, TIMESTAMP '1970-01-01 00:00:01.5' AS f, CAST(1.25 AS FLOAT) AS g, CAST(1.10 AS DECIMAL(9,2)) AS h,
        TRUE AS i, 'x' AS j, CAST([1, 2] AS INTEGER[]) AS k`;
      const got = await all(engine.batches({ sql }, call));
      const seen = Object.fromEntries(
        [...got].map(([name, v]) => [name, [v.type, v.values.constructor.name, v.values[0]]]),
      );
      expect(seen).toEqual({
        a: ['TINYINT', 'Int32Array', 1],
        b: ['INTEGER', 'Int32Array', 2],
        c: ['UINTEGER', 'Float64Array', 4_000_000_000],
        d: ['BIGINT', 'BigInt64Array', 5n],
        e: ['DATE', 'Int32Array', 2],
        f: ['TIMESTAMP', 'BigInt64Array', 1_500_000n],
        g: ['FLOAT', 'Float64Array', 1.25],
        h: ['DECIMAL(9,2)', 'Float64Array', 1.1],
        i: ['BOOLEAN', 'Uint8Array', 1],
        j: ['VARCHAR', 'Array', 'x'],
        k: ['INTEGER[]', 'Array', '[1, 2]'],
      });
    });

    it('stores columns of every kind of type', async () => {
      await engine.put(
        'kinds',
        [
          column('a', 'DECIMAL(9,2)', Float64Array.of(1.1, -2)),
          column('b', 'TIMESTAMP', BigInt64Array.of(1_500_000n, 0n)),
          column('c', 'DATE', Int32Array.of(2, -1)),
          column('d', 'INTEGER[]', ['[1, 2]', '[]']),
          column('e', 'TIMESTAMP', ['2001-01-01 00:00:00', null]),
          column('f', 'TINYINT', Int32Array.of(-128, 127)),
          column('g', 'UBIGINT', BigInt64Array.of(-1n, 0n)),
        ],
        call,
      );
      expect(await rows('SELECT * FROM kinds ORDER BY f')).toEqual([
        {
          a: '1.10',
          b: '1970-01-01 00:00:01.5',
          c: '1970-01-03',
          d: [1, 2],
          e: '2001-01-01 00:00:00',
          f: -128,
          g: 2n ** 64n - 1n,
        },
        { a: '-2.00', b: '1970-01-01 00:00:00', c: '1969-12-31', d: [], e: null, f: 127, g: 0n },
      ]);
      const types = await engine.describe({ sql: 'SELECT * FROM kinds' }, call);
      expect(types.map((t) => t.type)).toEqual([
        'DECIMAL(9,2)',
        'TIMESTAMP',
        'DATE',
        'INTEGER[]',
        'TIMESTAMP',
        'TINYINT',
        'UBIGINT',
      ]);
    });

    it('handles empty tables', async () => {
      await engine.put('empty', [column('k', 'BIGINT', new BigInt64Array(0)), column('s', 'VARCHAR', [])], call);
      expect(await rows('SELECT * FROM empty')).toEqual([]);
      expect((await all(engine.batches({ sql: 'SELECT * FROM empty' }, call))).size).toBe(0);
      const path = join(folder, 'empty.parquet');
      expect(await engine.write({ sql: 'SELECT * FROM empty' }, { kind: 'parquet', path }, call)).toEqual({ rows: 0 });
    });

    it('keeps results as views and tables, replaces either by either, and drops both', async () => {
      const query = {
        sql: 'SELECT CAST(CAST(i AS VARCHAR) AS BIGINT) AS i, $t AS t, \'$t "$t"\' AS u FROM (SELECT 7 AS i) WHERE i > $n',
        params: { t: `it's $n`, n: 3 },
      };
      const expected = [{ i: 7n, t: `it's $n`, u: '$t "$t"' }];
      for (const kind of ['view', 'table', 'view', 'table', 'table'] as const) {
        const done = await engine.write(query, { kind, name: 'kept' }, call);
        expect(done.rows).toBe(kind === 'view' ? 0 : 1);
        expect(await rows('SELECT * FROM kept')).toEqual(expected);
      }
      await engine.put('kept', [column('i', 'INTEGER', Int32Array.of(1))], call);
      expect(await rows('SELECT * FROM kept')).toEqual([{ i: 1 }]);
      await engine.drop('kept', call);
      await engine.drop('kept', call);
      await expect(rows('SELECT * FROM kept')).rejects.toMatchObject({
        code: 'engine-failed',
        args: { kind: 'not-found' },
      });
    });

    it('refuses to cut a result', async () => {
      await many();
      await expect(engine.rows({ sql: 'SELECT * FROM many' }, 199_999, call)).rejects.toThrow('199999');
      expect(await engine.rows({ sql: 'SELECT * FROM many' }, 200_000, call)).toHaveLength(200_000);
    });

    it('names what failed', async () => {
      await expect(rows('SELEC 1')).rejects.toMatchObject({ code: 'engine-failed', args: { kind: 'syntax' } });
      expect(await rows('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });

    it('stops when aborted, cancelled or out of time, and goes on afterwards', async () => {
      await many();
      const abort = new AbortController();
      setTimeout(() => abort.abort(), 100);
      await expect(engine.rows({ sql: slow }, 1, { id: 'a', signal: abort.signal })).rejects.toMatchObject({
        code: 'interrupted',
      });
      await expect(engine.rows({ sql: slow }, 1, { id: 'a', signal: abort.signal })).rejects.toMatchObject({
        code: 'interrupted',
      });
      await engine.write({ sql: 'SELECT 1 AS one' }, { kind: 'table', name: 'left_over' }, call);
      await engine.drop('left_over', { id: 'a', signal: abort.signal });
      await expect(rows('SELECT * FROM left_over')).rejects.toMatchObject({ args: { kind: 'not-found' } });
      setTimeout(() => void engine.cancel('b'), 100);
      await expect(engine.rows({ sql: slow }, 1, { ...call, id: 'b' })).rejects.toMatchObject({
        args: { kind: 'cancelled' },
      });
      await expect(engine.rows({ sql: slow }, 1, { ...call, timeoutMs: 100 })).rejects.toMatchObject({
        args: { kind: 'timeout' },
      });
      expect(await rows('SELECT count(*) AS n FROM many')).toEqual([{ n: 200_000n }]);
    });

    it('lets calls overlap', async () => {
      await many();
      const counts = await Promise.all(
        Array.from({ length: 12 }, (_, i) => rows('SELECT count(*) AS n FROM many WHERE v < $i', { i: BigInt(i) })),
      );
      expect(counts.flat().map((r) => r['n'])).toEqual(Array.from({ length: 12 }, (_, i) => BigInt(i)));
      await Promise.all(
        Array.from({ length: 8 }, (_, i) => engine.put(`p${i}`, [column('x', 'INTEGER', Int32Array.of(i))], call)),
      );
      const stored = await Promise.all(Array.from({ length: 8 }, (_, i) => rows(`SELECT x FROM p${i}`)));
      expect(stored.flat().map((r) => r['x'])).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    });

    it('streams in order and may be left early', async () => {
      await many();
      let seen = 0n;
      for await (const batch of engine.batches({ sql: 'SELECT v FROM many ORDER BY v' }, call)) {
        for (const v of batch.columns[0]!.values as BigInt64Array) expect(v).toBe(seen++);
        if (seen > 100_000n) break;
      }
      expect(await rows('SELECT max(v) AS m FROM many')).toEqual([{ m: 199_999n }]);
    });

    it('draws the same rows for any number of threads, by number and by text', async () => {
      const one = await createEngine(1);
      const sample = await draw(engine, call);
      expect(sample).toEqual(await draw(one, call));
      await one.close();
      expect((sample as unknown[]).length).toBeGreaterThan(400);
      expect((sample as unknown[]).length).toBeLessThan(600);
    });

    it('gives the uniform draw that the formula says', async () => {
      // First eight bytes of the digest, little-endian, upper 53 bits: what another engine must give as well.
      const [a, b, c] = ['5', "'5'", 'NULL'].map((key) => engine.dialect.uniform('s', key));
      expect(await rows(`SELECT ${a} AS a, ${b} AS b, ${c} AS c`)).toEqual([
        { a: md5Uniform('5|s'), b: md5Uniform('5|s'), c: md5Uniform('|s') },
      ]);
    });

    it('draws rows by their keys as the formula says, evenly', async () => {
      const keys = [0n, 1n, 2n, 999_999_999n, 2n ** 31n - 1n, 2n ** 40n];
      const draws = await rows(
        keys.map((k) => `SELECT ${rowDraw(`CAST(${k} AS BIGINT)`, 's')} AS u`).join(' UNION ALL '),
      );
      const prime = 2n ** 31n - 1n;
      const offset = BigInt(Math.floor(createRandom(0).fork('s').at(0) * Number(prime)));
      const wanted = keys.map((k) => Number((k + offset) ** 5n % prime) / Number(prime));
      expect(draws.map(({ u }) => Number(u)).toSorted((a, b) => a - b)).toEqual(wanted.toSorted((a, b) => a - b));
      // Neighbours, too: pairs fall into a hundred cells as evenly as chance has it (chi-square with 99 degrees, .001 and .999).
      const evens = BigInt64Array.from({ length: 20_000 }, (_, i) => 2n * BigInt(i));
      await engine.put('evens', [column('i', 'BIGINT', evens)], call);
      const pairs = await rows(
        `SELECT floor(10 * ${rowDraw('i', 's')}) AS a, floor(10 * ${rowDraw('(i + 1)', 's')}) AS b, count(*) AS n
          FROM evens GROUP BY a, b`,
      );
      const chi = pairs.reduce((sum, { n }) => sum + (Number(n) - 200) ** 2 / 200, 0) + 200 * (100 - pairs.length);
      expect(chi).toBeGreaterThan(60);
      expect(chi).toBeLessThan(149);
    });

    it('hashes equal rows alike, with nulls, and different ones apart', async () => {
      const { rowHash } = engine.dialect;
      expect(
        await rows(`SELECT ${rowHash(['1', 'NULL'])} = ${rowHash(['1', 'NULL'])} AS same, ${rowHash(['1', 'NULL'])} = ${rowHash(['NULL', '1'])} AS swapped,
          ${rowHash(["'a'", "'b'"])} = ${rowHash(["'ab'", "''"])} AS joined`),
      ).toEqual([{ same: true, swapped: false, joined: false }]);
    });

    it('reads seconds and exact quantiles', async () => {
      const { epoch, quantile } = engine.dialect;
      expect(
        await rows(
          `SELECT ${epoch("TIMESTAMP '1970-01-02 00:00:00.25'", 'TIMESTAMP')} AS t, ${epoch("DATE '1970-01-02'", 'DATE')} AS d, ${epoch('CAST(5 AS BIGINT)', 'BIGINT')} AS n`,
        ),
      ).toEqual([{ t: 86_400.25, d: 86_400, n: 5 }]);
      await many();
      expect(await rows(`SELECT ${quantile('v', 0.25)} AS q FROM many`)).toEqual([{ q: 49_999.75 }]);
    });

    it.each(equal)('answers as the others: $about', async ({ sql, rows: expected }) => {
      expect(await rows(sql)).toEqual(expected);
    });

    it.each(differing)('differs where it is known to: $about', async ({ sql, rows: expected }) => {
      const got = await rows(sql).catch((error: AssayError<'engine-failed'>) => error.args.kind);
      expect(got).toEqual(expected[engine.dialect.name]);
    });

    it.runIf(lacks.textFiles)('refuses text formats with a sentence', async () => {
      const path = join(folder, 'refused');
      for (const kind of ['csv', 'jsonl'] as const)
        await expect(engine.write({ sql: 'SELECT 1 AS a' }, { kind, path }, call)).rejects.toThrow(
          'written as Parquet',
        );
    });

    it.skipIf(lacks.textFiles)('writes text formats', async () => {
      const query = { sql: `SELECT 1 AS a, '' AS b, NULL AS c, 'x"y' AS d` };
      for (const kind of ['csv', 'jsonl'] as const) {
        const path = join(folder, `text.${kind}`);
        expect(await engine.write(query, { kind, path }, call)).toEqual({ rows: 1 });
        const text = await readFile(path, 'utf8');
        expect(text).toBe(kind === 'csv' ? 'a,b,c,d\n1,"",,"x""y"\n' : '{"a":1,"b":"","c":null,"d":"x\\"y"}\n');
      }
    });
  });
}

/** A seeded sample of 50,000 keys, drawn by number and by text. */
async function draw(from: Engine, call: Call): Promise<unknown> {
  const keys = BigInt64Array.from({ length: 50_000 }, (_, i) => BigInt(i) << 20n);
  await from.put('keys', [column('k', 'BIGINT', keys)], call);
  const u = from.dialect.uniform('7/test', 'k');
  const t = from.dialect.uniform('7/test', 'CAST(k AS VARCHAR)');
  const sql = `SELECT k, ${u} AS u FROM keys WHERE ${u} < 0.01 AND ${u} = ${t} ORDER BY k`;
  return from.rows({ sql }, 10_000, call);
}

function column(name: string, type: string, values: PutColumn['values'], valid?: Uint8Array): PutColumn {
  return valid === undefined ? { name, type, values } : { name, type, values, valid };
}

/** Values with nulls in their place. */
function plain(v: Pick<Vector, 'values'> & { readonly valid?: Uint8Array | null }): unknown[] {
  return Array.from(v.values as ArrayLike<unknown>, (x, i) => (v.valid?.[i] === 0 ? null : x));
}

/** All batches of a result joined by column. */
async function all(batches: AsyncIterable<Batch>): Promise<Map<string, Vector>> {
  const parts = new Map<string, Vector[]>();
  for await (const batch of batches)
    for (const v of batch.columns) parts.set(v.name, [...(parts.get(v.name) ?? []), v]);
  return new Map([...parts].map(([name, vectors]) => [name, joined(vectors)]));
}

function joined(vectors: readonly Vector[]): Vector {
  const first = vectors[0]!;
  if (vectors.length === 1) return first;
  const flat = vectors.flatMap((v) => Array.from(v.values as ArrayLike<unknown>));
  const valid = vectors.some((v) => v.valid !== null)
    ? Uint8Array.from(vectors.flatMap((v) => Array.from(v.valid ?? new Uint8Array(v.values.length).fill(1))))
    : null;
  const values = Array.isArray(first.values)
    ? (flat as string[])
    : new (first.values.constructor as Float64ArrayConstructor)(flat as number[]);
  return { ...first, values, valid };
}

function md5Uniform(text: string): number {
  return Number(createHash('md5').update(text).digest().readBigUInt64LE(0) >> 11n) / 2 ** 53;
}
