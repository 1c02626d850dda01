import type { Plan, Verb } from '../../../src/core/plan.js';
import type { Cell } from '../../dataset/plan/oracle/cells.js';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workplace } from '../workplace.js';
import { expr, planOf } from '../../../src/core/plan.js';
import { writeCleaned } from '../../../src/cleaning/files/write.js';
import { undo } from '../../../src/cleaning/undo/undo.js';
import { bitsOf, cellSql } from '../../dataset/plan/oracle/cells.js';
import { showRows, studyOf } from '../../dataset/plan/oracle/in-engine.js';

const here = workplace();

const plan = (...verbs: readonly Verb[]): Plan => planOf('test', 'test', ...verbs);

interface Made {
  readonly folder: string;
  readonly out: string;
}

/** Cleans a table of the given columns and rows. */
async function cleaned(
  columns: readonly (readonly [string, string])[],
  rows: readonly (readonly Cell[])[],
  made: Plan,
): Promise<Made> {
  const table = {
    columns: columns.map(([name, type], id) => ({ id, name, type })),
    rows: rows.map((cells, i) => ({ k: BigInt(i), copy: 0, part: null, cells: new Map(cells.map((c, j) => [j, c])) })),
    label: null,
    weight: null,
  };
  const study = await studyOf(here.engine, { table, steps: [], lists: new Map(), listTypes: new Map() }, here.run);
  const folder = join(here.base, 'cleaned');
  await writeCleaned(study, made, folder, here.run);
  return { folder, out: join(here.base, 'out.parquet') };
}

/** Names and rows of a file, each value as text, in file order. */
async function read(
  path: string,
): Promise<{ names: readonly string[]; rows: readonly (readonly (string | null)[])[] }> {
  const { relation } = await here.engine.attach({ files: [path], format: 'parquet', cache: here.base }, here.run);
  const columns = relation.columns.map((c) => `CAST(${c.id} AS VARCHAR) AS ${c.id}`);
  const rows = await here.engine.rows(
    { sql: `SELECT ${columns.join(', ')} FROM ${relation.name} ORDER BY k` },
    1000,
    here.run,
  );
  return {
    names: relation.columns.map((c) => c.name),
    rows: rows.map((row) => relation.columns.map((c) => row[c.id] as string | null)),
  };
}

const double = (...values: readonly number[]): readonly (readonly Cell[])[] => values.map((v) => [bitsOf(v)]);
const at = (value: number) => ({ rule: expr.cmp('=', expr.col('x'), expr.double(value)) });
const set = (from: number, to: number): Verb => ({
  verb: 'set-cell',
  column: 'x',
  where: at(from),
  to: expr.double(to),
});

describe('undo of a part', () => {
  it('keeps the later value of a cell that a later step also set', async () => {
    const { folder, out } = await cleaned([['x', 'DOUBLE']], double(1, 5), plan(set(1, 2), set(2, 3)));
    const done = await undo(folder, out, { step: 1 }, here.run);
    expect((await read(out)).rows).toEqual([['3.0'], ['5.0']]);
    expect(done).toMatchObject({ rows: 2, columns: 1, steps: [1], entries: 1, orphans: 0 });
    expect(done.says.join(' ')).toContain('as they were recorded');
  });

  it('brings a dropped row back with later column verbs, without later rule hits', async () => {
    const made = plan(
      { verb: 'drop-row', where: at(1) },
      { verb: 'set-cell', column: 'x', where: { all: true }, to: expr.double(9) },
      { verb: 'add-column', column: 'y', type: 'DOUBLE', as: expr.col('x') },
    );
    const { folder, out } = await cleaned([['x', 'DOUBLE']], double(1, 5), made);
    await undo(folder, out, { step: 1 }, here.run);
    expect((await read(out)).rows).toEqual([
      ['1.0', '1.0'],
      ['9.0', '9.0'],
    ]);
  });

  it('counts the entries on copies of an undone repeat', async () => {
    const made = plan({ verb: 'repeat-row', where: at(1), times: 3 }, set(1, 2));
    const { folder, out } = await cleaned([['x', 'DOUBLE']], double(1, 5), made);
    expect(await undo(folder, out, { step: 1 }, here.run)).toMatchObject({ rows: 2, entries: 1, orphans: 2 });
  });

  it('takes back one row, by key or by file and row', async () => {
    const { folder, out } = await cleaned([['x', 'DOUBLE']], double(1, 1, 5), plan(set(1, 2)));
    await undo(folder, out, { key: '0:1' }, here.run);
    expect((await read(out)).rows).toEqual([['2.0'], ['1.0'], ['5.0']]);
    await undo(folder, join(here.base, 'again.parquet'), { key: 0n }, here.run);
    expect((await read(join(here.base, 'again.parquet'))).rows).toEqual([['1.0'], ['2.0'], ['5.0']]);
  });

  it('takes back a column under any name it had', async () => {
    const made = plan(
      set(1, 2),
      { verb: 'rename-column', column: 'x', to: 'z' },
      { verb: 'drop-row', where: { rule: { isNull: expr.col('z') } } },
    );
    const { folder, out } = await cleaned([['x', 'DOUBLE']], double(1, 5), made);
    await undo(folder, out, { column: 'z' }, here.run);
    expect(await read(out)).toEqual({ names: ['x'], rows: [['1.0'], ['5.0']] });
  });

  it('is refused where a later step builds on it, and names the steps to undo with it', async () => {
    const made = plan({ verb: 'add-column', column: 'y', type: 'DOUBLE', as: expr.col('x') }, set(1, 2), {
      verb: 'map-column',
      column: 'y',
      as: { op: '+', args: [expr.col('y'), expr.double(1)] },
    });
    const { folder, out } = await cleaned([['x', 'DOUBLE']], double(1), made);
    await expect(undo(folder, out, { step: 1 }, here.run)).rejects.toThrow(
      /step 3 builds on it .* undo the steps 1, 3 together/,
    );
    expect(await undo(folder, out, { step: [1, 3] }, here.run)).toMatchObject({ steps: [1, 3], columns: 1 });
    expect((await read(out)).rows).toEqual([['2.0']]);
  });

  it('is refused, not coerced, where recorded values have the type that an undone cast made', async () => {
    const made = plan(
      { verb: 'cast-column', column: 's', to: 'DOUBLE' },
      { verb: 'set-cell', column: 's', where: { rule: { isNull: expr.col('s') } }, to: expr.double(0) },
    );
    const { folder, out } = await cleaned([['s', 'VARCHAR']], [['1.50'], ['x']], made);
    await expect(undo(folder, out, { step: 1 }, here.run)).rejects.toMatchObject({ code: 'undo-refused' });
    expect(await readdir(here.base)).toEqual(['cleaned']);
    await undo(folder, out, {}, here.run);
    expect((await read(out)).rows).toEqual([['1.50'], ['x']]);
  });

  it('says so where nothing is selected', async () => {
    const { folder, out } = await cleaned([['x', 'DOUBLE']], double(1), plan(set(1, 2)));
    for (const selection of [{ step: 7 }, { defect: 'other' }, { column: 'q' }, { key: 5n }]) {
      await expect(undo(folder, out, selection, here.run)).rejects.toMatchObject({ code: 'undo-refused' });
    }
    await expect(undo(folder, out, { step: 1, key: 0n }, here.run)).rejects.toMatchObject({ code: 'option-invalid' });
    await expect(undo(folder, out, { key: 'x' }, here.run)).rejects.toMatchObject({ code: 'option-invalid' });
  });
});

describe('undo', () => {
  it('is refused when cleaned was re-sorted or edited', async () => {
    const { folder, out } = await cleaned([['x', 'DOUBLE']], double(1, 5), plan(set(1, 2)));
    const path = join(folder, 'cleaned.parquet');
    await rm(path);
    await here.engine.write(
      { sql: 'SELECT CAST(x AS DOUBLE) AS x FROM (VALUES (5), (2)) AS v(x)' },
      { kind: 'parquet', path },
      here.run,
    );
    await expect(undo(folder, out, {}, here.run)).rejects.toThrow('its content has changed');
    expect(await readdir(here.base)).toEqual(['cleaned']);
  });

  it('writes CSV and JSONL by the ending, refuses JSONL for NaN, other endings and files that exist', async () => {
    const { folder } = await cleaned(
      [
        ['x', 'DOUBLE'],
        ['s', 'VARCHAR'],
      ],
      [[bitsOf(1), '']],
      plan(set(1, 2)),
    );
    await undo(folder, join(here.base, 'out.csv'), {}, here.run);
    expect(await readFile(join(here.base, 'out.csv'), 'utf8')).toBe('x,s\n1.0,""\n');
    await undo(folder, join(here.base, 'out.jsonl'), {}, here.run);
    expect(JSON.parse(await readFile(join(here.base, 'out.jsonl'), 'utf8'))).toEqual({ x: 1, s: '' });
    await expect(undo(folder, join(here.base, 'out.csv'), {}, here.run)).rejects.toMatchObject({
      code: 'output-exists',
    });
    await expect(undo(folder, join(here.base, 'out.xml'), {}, here.run)).rejects.toMatchObject({
      code: 'option-invalid',
    });
    await rm(folder, { recursive: true });
    const nan = await cleaned([['x', 'DOUBLE']], [['7ff8000000000005']], plan(set(1, 2)));
    await expect(undo(nan.folder, join(here.base, 'nan.jsonl'), {}, here.run)).rejects.toThrow('JSON cannot');
  });
});

/** Cleans a table, takes everything back, and shows both, every bit of them. */
const thereAndBack = async (
  columns: readonly (readonly [string, string])[],
  rows: readonly (readonly Cell[])[],
  made: Plan,
) => {
  const { folder, out } = await cleaned(columns, rows, made);
  await undo(folder, out, {}, here.run);
  const { relation } = await here.engine.attach({ files: [out], format: 'parquet', cache: here.base }, here.run);
  const found = await showRows(
    here.engine,
    { sql: `SELECT * FROM ${relation.name}` },
    relation.columns,
    ['k'],
    here.run,
  );
  const values = rows.map(
    (row, i) => `SELECT ${i} AS k, ${row.map((c, j) => `${cellSql(columns[j]![1], c)} AS c${j}`).join(', ')}`,
  );
  const source = await showRows(here.engine, { sql: values.join(' UNION ALL ') }, relation.columns, ['k'], here.run);
  const names = relation.columns.map((c) => c.name);
  return { folder, found: { names, rows: found }, source: { names: columns.map(([name]) => name), rows: source } };
};

const nothing = (column: string, type: string): Verb => ({
  verb: 'set-cell',
  column,
  where: { all: true },
  to: expr.literal(type, null),
});

/** Each of these lost data, or bits, in an earlier design, without any error. */
describe('what must not be lost', () => {
  const dropFirst = plan({ verb: 'drop-row', where: { rule: expr.cmp('=', expr.col('k'), expr.double(9)) } });

  it('user columns named like internal ones', async () => {
    const { found, source } = await thereAndBack(
      [
        ['k', 'DOUBLE'],
        ['copy', 'DOUBLE'],
        ['gone', 'DOUBLE'],
        ['c0', 'DOUBLE'],
        ['__k', 'DOUBLE'],
      ],
      [[9, 1, 2, 3, 4].map(bitsOf), [5, 6, 7, 8, 9].map(bitsOf)],
      dropFirst,
    );
    expect(found).toEqual(source);
  });

  it('the order of rows where a user column k sorts otherwise', async () => {
    const { folder, found, source } = await thereAndBack([['k', 'DOUBLE']], double(3, 1, 9, 2), dropFirst);
    expect(found).toEqual(source);
    expect((await read(join(folder, 'cleaned.parquet'))).rows).toEqual([['3.0'], ['1.0'], ['2.0']]);
  });

  it('NaN payloads through drop, set and undo', async () => {
    const rows = [['7ff8000000000005'], ['fff800000000beef'], [bitsOf(9)], ['7ff8000000000000']];
    const { found, source } = await thereAndBack(
      [['k', 'DOUBLE']],
      rows,
      plan(...dropFirst.steps, {
        verb: 'set-cell',
        column: 'k',
        where: { rule: { isNaN: expr.col('k') } },
        to: expr.double(0),
      }),
    );
    expect(found).toEqual(source);
  });

  it('the sign of zero, also in lists', async () => {
    const rows = Array.from({ length: 300 }, (_, i): readonly Cell[] => [
      bitsOf(i % 3 === 0 ? -0 : 0),
      [bitsOf(-0), bitsOf(0)],
    ]);
    const { found, source } = await thereAndBack(
      [
        ['k', 'DOUBLE'],
        ['l', 'DOUBLE[]'],
      ],
      rows,
      plan({ verb: 'drop-row', where: { keys: await firstRows(50) } }),
    );
    expect(found).toEqual(source);
  });

  it('a set of one zero onto the other, and of one NaN onto another', async () => {
    const zero = { lit: { type: 'DOUBLE', bits: bitsOf(0) } } as const;
    const { folder, found, source } = await thereAndBack(
      [['k', 'DOUBLE']],
      [[bitsOf(-0)], [bitsOf(0)], ['7ff8000000000005']],
      plan(
        { verb: 'set-cell', column: 'k', where: { rule: expr.cmp('=', expr.col('k'), zero) }, to: zero },
        {
          verb: 'set-cell',
          column: 'k',
          where: { rule: { isNaN: expr.col('k') } },
          to: { lit: { type: 'DOUBLE', bits: '7ff8000000000000' } },
        },
      ),
    );
    expect(found).toEqual(source);
    const log = await read(join(folder, 'changes.parquet'));
    expect(log.rows.map((r) => [r[0], r[2]])).toEqual([
      ['0', '1'],
      ['2', '2'],
    ]);
  });

  it('values of types with like names', async () => {
    const columns = [
      ['d', 'DOUBLE'],
      ['l', 'DOUBLE[]'],
      ['m', 'DECIMAL(9,2)'],
    ] as const;
    const { folder, found, source } = await thereAndBack(
      columns,
      [[bitsOf(1), [bitsOf(2)], '1.50']],
      plan(...columns.map(([name, type]) => nothing(name, type))),
    );
    expect(found).toEqual(source);
    expect((await read(join(folder, 'changes.parquet'))).names.slice(6)).toEqual([
      'old_double',
      'new_double',
      'old_double_list',
      'new_double_list',
      'old_decimal_9_2',
      'new_decimal_9_2',
    ]);
  });
});

/** A list of the first rows. */
async function firstRows(rows: number): Promise<{ list: string; of: string }> {
  const sql = `SELECT range AS k, CAST(0 AS INTEGER) AS copy FROM range(${rows}) ORDER BY hash(range)`;
  await here.engine.write({ sql }, { kind: 'table', name: 'first_rows' }, here.run);
  return { list: 'first_rows', of: 'source' };
}
