import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { recent } from '../../../web/server/recent.js';
import { createOrders } from '../../../web/server/tables/orders.js';
import { openSession, writeRun, type Session } from './session.js';

const flagged = 1037;
let session: Session;

/** What is flagged, in the order of the file: scores repeat, rows repeat, and the file is sorted by neither. */
const units = Array.from({ length: flagged }, (_, place) => ({
  place,
  row: (place * 7919) % 500,
  score: ((place * 31) % 11) / 10,
  code: `missing.${place % 3}`,
}));

/** Every other unit of two codes is about a column, the others about the row. */
function columnOf(place: number, code: string): string {
  return code !== 'missing.2' && place % 2 === 0 ? "'price'" : 'NULL';
}

beforeAll(async () => {
  session = await openSession();
  const here = await writeRun(session.root, 'flagged', { name: 'x' });
  const engine = await createDuckDb({ memory: '500MB', threads: 1, temp: session.root });
  const values = units
    .map(({ place, row, score, code }) => `(${row}, '${code}', ${score}, ${columnOf(place, code)})`)
    .join(', ');
  const sql = `SELECT CAST(r AS BIGINT) AS row_key, 'log.csv' AS file, CAST(r AS BIGINT) AS row, 'missing' AS defect, code,
    c AS "column", CAST(s AS DOUBLE) AS score, CAST(NULL AS VARCHAR) AS suggestion, '{}' AS args
    FROM (VALUES ${values}) AS t(r, code, s, c)`;
  const call = { id: 'test', signal: new AbortController().signal };
  await engine.write({ sql }, { kind: 'parquet', path: path.join(here, 'findings.parquet') }, call);
  await engine.close();
});

afterAll(() => session.close());

interface Answer {
  readonly total: number;
  readonly units: readonly { readonly row: number; readonly score: number; readonly code: string }[];
}

async function ask(query: Record<string, string>): Promise<Answer> {
  const url = `/api/runs/flagged/findings/missing/rows?${new URLSearchParams(query).toString()}`;
  return (await (await session.get(url)).json()) as Answer;
}

/** The same by sorting all of them here. */
function expected(sort: string, order: string, code: string | undefined): typeof units {
  const kept = units.filter((unit) => code === undefined || unit.code === code);
  const sorted = kept.toSorted((a, b) => (sort === 'score' ? b.score - a.score : a.row - b.row) || a.place - b.place);
  return order === (sort === 'score' ? 'desc' : 'asc') ? sorted : sorted.toReversed();
}

describe('windows of flagged units', () => {
  it.each(
    ['score', 'row'].flatMap((sort) =>
      ['asc', 'desc'].flatMap((order) => [undefined, 'missing.1'].map((code) => [sort, order, code] as const)),
    ),
  )('by %s, %s, of code %s: all windows together are the whole, in order', async (sort, order, code) => {
    const all = expected(sort, order, code);
    const filter = code === undefined ? {} : { code };
    const found: Answer['units'][number][] = [];
    for (let offset = 0; offset < all.length; offset += 170) {
      const { total, units: some } = await ask({ sort, order, offset: String(offset), limit: '170', ...filter });
      expect(total).toBe(all.length);
      found.push(...some);
    }
    expect(found.map((u) => [u.row, u.score, u.code])).toEqual(all.map((u) => [u.row, u.score, u.code]));
  });

  it('beyond the end and of nothing are empty', async () => {
    for (const order of ['asc', 'desc'])
      expect(await ask({ offset: String(flagged), order })).toMatchObject({ total: flagged, units: [] });
    expect(await ask({ code: 'no such code' })).toMatchObject({ total: 0, units: [] });
  });

  it('more filters than are kept at once, asked for together', async () => {
    const asked = Array.from({ length: 60 }, (_, i) =>
      ask({ code: `missing.${i % 3}`, column: i < 30 ? 'none' : `c${i}` }),
    );
    for (const { total } of await Promise.all(asked)) expect(total).toBe(0);
    expect((await ask({ code: 'missing.0' })).total).toBe(units.filter((u) => u.code === 'missing.0').length);
  });
});

describe('a run that is opened', () => {
  it('has its findings sorted while nobody waits, once in each way for all filters', async () => {
    const written: string[] = [];
    const engine = await createDuckDb({ memory: '500MB', threads: 1, temp: session.root });
    const counted: typeof engine = {
      ...engine,
      write: (query, sink, call) => {
        if (query.sql.includes('ORDER BY')) written.push(query.sql);
        return engine.write(query, sink, call);
      },
    };
    const call = { id: 'test', signal: new AbortController().signal };
    const orders = createOrders(counted, call);
    const tables = { rows: 'found', groups: 'found_groups' };
    await engine.write(
      {
        sql: `SELECT i AS place, 1 AS g, i AS row_key, 'f' AS file, i AS file_row, 0.5 AS score,
      NULL AS suggestion, '{}' AS args FROM range(9) AS t(i)`,
      },
      { kind: 'table', name: 'found' },
      call,
    );
    await engine.write(
      { sql: `SELECT 1 AS g, 'missing' AS defect, 'missing.null' AS code, 'price' AS column_name, 9 AS n` },
      { kind: 'table', name: 'found_groups' },
      call,
    );
    await orders.layOut(tables);
    expect(written).toHaveLength(2);
    const window = { order: 'asc', offset: 0, limit: 4 } as const;
    for (const sort of ['score', 'row'] as const)
      for (const filter of [{ defect: 'missing' }, { defect: 'missing', column: 'price' }])
        expect((await orders.page(tables, filter, { ...window, sort }, call)).total).toBe(9);
    expect(written).toHaveLength(2);
    await engine.close();
  });

  it('answers a filter of a column over several codes, and one of nothing', async () => {
    const some = units.filter((unit) => unit.code !== 'missing.2' && unit.place % 2 === 0);
    expect((await ask({ column: 'price' })).total).toBe(some.length);
    expect(
      (await ask({ column: 'price', code: 'missing.0', sort: 'row', order: 'asc', limit: '3' })).units.map(
        (u) => u.row,
      ),
    ).toEqual(
      some
        .filter((u) => u.code === 'missing.0')
        .toSorted((a, b) => a.row - b.row || a.place - b.place)
        .slice(0, 3)
        .map((u) => u.row),
    );
    expect((await ask({ column: 'no such column' })).total).toBe(0);
  });
});

describe('values kept for those who come again', () => {
  it('are made once, let go only when nobody uses them, and not kept where they failed', async () => {
    const gone: string[] = [];
    const kept = recent<string>(1, (value) => gone.push(value));
    const ends: (() => void)[] = [];
    const made: string[] = [];
    const make = (name: string) => async (): Promise<string> => {
      made.push(name);
      return name;
    };
    const busy = kept.use('a', make('a'), () => new Promise<void>((resolve) => ends.push(resolve)));
    await kept.use('b', make('b'), () => undefined);
    await kept.use('a', make('a again'), () => undefined);
    expect(gone).toEqual(['b']);
    ends[0]!();
    await busy;
    await kept.use('c', make('c'), () => undefined);
    await new Promise((resolve) => setImmediate(resolve));
    expect(gone).toEqual(['b', 'a']);
    expect(made).toEqual(['a', 'b', 'c']);
    await expect(kept.use('d', () => Promise.reject(new Error('no')), String)).rejects.toThrow('no');
    expect(await kept.use('d', make('d'), String)).toBe('d');
  });
});
