import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CleanedFormat } from '../../../src/cleaning/files/cleaned-sink.js';
import type { PlanVerb, Recipe } from '../../../src/cleaning/recipe/recipe.js';
import { applyRecipe } from '../../../src/cleaning/apply/apply.js';
import { printRecipe } from '../../../src/cleaning/recipe/print.js';
import { parseRecipe } from '../../../src/cleaning/recipe/parse.js';
import { undo } from '../../../src/cleaning/undo/undo.js';
import { expr } from '../../../src/core/plan.js';
import { workplace } from '../workplace.js';

const here = workplace();
const at = (...names: readonly string[]): string => path.join(here.base, ...names);

const one = expr.cmp('=', expr.col('x'), expr.literal('BIGINT', '1'));
const two = expr.cmp('=', expr.col('x'), expr.literal('BIGINT', '2'));
const code = 'c';
const dropOnes: PlanVerb = { id: 1, code, verb: 'drop-row', where: { rule: one } };
/** Fits data without a seven: it finds nothing, and the data is written as it is. */
const dropSevens: PlanVerb = {
  ...dropOnes,
  where: { rule: expr.cmp('=', expr.col('x'), expr.literal('BIGINT', '7')) },
};
const repeatTwos: PlanVerb = { id: 2, code, verb: 'repeat-row', where: { rule: two }, times: 3 };
const zeroes: PlanVerb = {
  id: 3,
  code,
  verb: 'set-cell',
  column: 'f',
  where: { rule: { isNull: expr.col('f') } },
  to: expr.double(-0),
};

function recipeOf(...plan: readonly PlanVerb[]): Recipe {
  return {
    version: 1,
    made: { assay: '0.1.0', source: 'elsewhere', rows: 1 },
    label: null,
    weight: null,
    steps: [{ defect: 'd', repair: 'r', title: 't', strength: null, acceptedBy: 'person', evidence: null, plan }],
    exceptions: [],
    rejected: [],
  };
}

type Written = CleanedFormat | 'input';

function apply(
  data: string,
  write: Written | { readonly write: Written; readonly table: string },
  ...plan: readonly PlanVerb[]
) {
  const read = parseRecipe('recipe.yaml', printRecipe(recipeOf(...plan), []));
  const options = { rows: 'train', strict: false, folder: here.base, cache: at('cache') } as const;
  const sink = typeof write === 'string' ? { write } : write;
  return applyRecipe(read, data, at('out'), { ...options, ...sink }, here.run);
}

/** Every value there is to lose: texts that look like nothing, both zeros, a NaN, edges, moments. */
const values = `SELECT * FROM (VALUES
  (1, 'a', 1.5::DOUBLE, 0.1::FLOAT, DATE '2026-01-01', TIMESTAMP '2026-01-01 00:00:00.000001', true, 1.10::DECIMAL(9,2), 9223372036854775807),
  (2, '', -0.0::DOUBLE, '-0.0'::FLOAT, DATE '0044-03-15', TIMESTAMP '1969-12-31 23:59:59.999999', false, -0.01::DECIMAL(9,2), -9223372036854775807),
  (2, 'line
break, "quoted" and ''', 1e300::DOUBLE, 3.4e38::FLOAT, NULL, NULL, NULL, NULL, NULL),
  (3, NULL, NULL, NULL, DATE '2026-12-31', TIMESTAMP '2026-06-01', true, 0.00::DECIMAL(9,2), 0),
  (4, 'NULL', 5e-324::DOUBLE, 1e-45::FLOAT, DATE '2026-12-31', TIMESTAMP '2026-06-01', true, 0.00::DECIMAL(9,2), 0),
  (5, ' tab	and ä 😀 \\n', 0.1::DOUBLE + 0.2::DOUBLE, 16777217::FLOAT, DATE '2026-12-31', TIMESTAMP '2026-06-01', true, 0.00::DECIMAL(9,2), 0)
) AS t(x, s, f, g, d, t, b, m, big)`;

async function parquet(name: string, sql: string, compression?: 'snappy' | 'gzip'): Promise<string> {
  const sink = { kind: 'parquet', path: at(name), ...(compression === undefined ? {} : { compression }) } as const;
  await here.engine.write({ sql: `SELECT CAST(x AS BIGINT) AS x, * EXCLUDE (x) FROM (${sql})` }, sink, here.run);
  return at(name);
}

/** Cells of a Parquet file as text that shows every bit. */
async function bits(file: string): Promise<readonly string[]> {
  const query = { sql: `SELECT * FROM read_parquet('${file}', hive_partitioning = false)` };
  const columns = await here.engine.describe(query, here.run);
  const shown = columns.map(({ name, type }) =>
    type === 'DOUBLE' || type === 'FLOAT' ? `CAST("${name}" AS BIT)::VARCHAR AS "${name}"` : `"${name}"`,
  );
  const rows = await here.engine.rows({ sql: `SELECT ${shown.join(', ')} FROM (${query.sql})` }, 1000, here.run);
  return [
    columns.map((c) => `${c.name} ${c.type}`).join(),
    ...rows.map((row) => Object.values(row).map(String).join('|')),
  ];
}

const back = async (): Promise<string> => {
  await undo(at('out'), at('back.parquet'), {}, here.run);
  return at('back.parquet');
};

describe('sinks of cleaned rows', () => {
  it.each(['csv', 'jsonl', 'parquet', 'duckdb'] as const)(
    '%s gives the source back to the bit, whole and in part',
    async (format) => {
      const data = await parquet('data.parquet', values);
      await apply(data, format, dropOnes, repeatTwos, zeroes);
      const cleaned = format === 'parquet' ? 'cleaned.parquet' : `cleaned.${format}`;
      expect((await readdir(at('out'))).toSorted()).toContain(cleaned);
      expect(await bits(await back())).toEqual(await bits(data));
      await undo(at('out'), at('part.parquet'), { step: 3 }, here.run);
      expect(await bits(at('part.parquet'))).toHaveLength(1 + 5 + 4);
    },
  );

  it('a database holds a table of the name that was asked for, every bit, list and structure in it', async () => {
    const odd = `SELECT x, CASE x WHEN 2 THEN -0.0 WHEN 3 THEN 'nan'::DOUBLE WHEN 4 THEN '-inf'::DOUBLE ELSE x / 3 END AS f,
      [x / 7, -0.0, NULL] AS list, {'a': x, 'b': 'it''s'} AS pair, 'x'::BLOB AS blob
      FROM (SELECT 1 + i % 6 AS x FROM range(900) AS t(i))`;
    const data = await parquet('data.parquet', odd);
    const table = `rows "of" it's; DROP TABLE x --`;
    await apply(data, { write: 'duckdb', table }, dropOnes, repeatTwos);
    await here.engine.load(at('out', 'cleaned.duckdb'), table, ['x', 'f', 'list', 'pair', 'blob'], 'loaded', here.run);
    const [found] = await here.engine.rows({ sql: 'SELECT count(*)::INT AS n FROM loaded' }, 1, here.run);
    expect(found).toEqual({ n: 900 - 150 + 2 * 150 });
    await here.engine.drop('loaded', here.run);
    expect(await bits(await back())).toEqual(await bits(data));
  });

  it('a database is refused where a table cannot hold the columns, and a table without one', async () => {
    const data = at('twins.csv');
    await writeFile(data, 'x,Y,y\n1,2,3\n2,3,4\n');
    await expect(apply(data, 'duckdb', dropOnes)).rejects.toMatchObject({ code: 'sink-refused' });
    await expect(apply(data, { write: 'csv', table: 't' }, dropSevens)).rejects.toMatchObject({
      code: 'option-invalid',
    });
    expect(await readdir(here.base)).not.toContain('out');
  });

  it('takes format and compression of the data by default', async () => {
    const data = await parquet('data.parquet', values, 'gzip');
    await apply(data, 'input', dropOnes);
    const sql = `SELECT DISTINCT compression AS c FROM parquet_metadata('${at('out', 'cleaned.parquet')}')`;
    expect(await here.engine.rows({ sql }, 10, here.run)).toEqual([{ c: 'GZIP' }]);
    await writeFile(at('day.csv'), 'x,s\n1,a\n 2,"b,c"\n3,\n3,""\n');
    const read = parseRecipe('recipe.yaml', printRecipe(recipeOf(dropOnes), []));
    const options = { rows: 'train', strict: false, folder: here.base, cache: at('cache') } as const;
    await applyRecipe(read, at('day.csv'), at('text'), options, here.run);
    expect(await readFile(at('text', 'cleaned.csv'), 'utf8')).toBe('x,s\n2,"b,c"\n3,\n3,""\n');
    await undo(at('text'), at('day-back.csv'), {}, here.run);
    expect(await readFile(at('day-back.csv'), 'utf8')).toBe(await readFile(at('day.csv'), 'utf8'));
  });

  it('is refused, before anything stays, where the format cannot keep a value', async () => {
    const lists = await parquet('lists.parquet', 'SELECT 1 AS x, [1.0, -0.0] AS l');
    await expect(apply(lists, 'csv', dropSevens)).rejects.toMatchObject({
      code: 'sink-refused',
      exit: 3,
    });
    const nan = await parquet('nan.parquet', "SELECT 2 AS x, 'nan'::DOUBLE AS f");
    await expect(apply(nan, 'jsonl', dropSevens)).rejects.toThrow('JSON has no NaN');
    // No reader takes a line of 17 million letters.
    const long = await parquet('long.parquet', "SELECT 2 AS x, repeat('a', 17000000) AS s");
    await expect(apply(long, 'csv', dropSevens)).rejects.toThrow('does not read as the same values');
    expect((await readdir(here.base)).filter((name) => name.includes('out'))).toEqual([]);
  });

  it('falls back to Parquet where the format of the data cannot keep what the plan made', async () => {
    await writeFile(at('day.jsonl'), '{"x":1,"l":[1,2]}\n{"x":2,"l":[3]}\n');
    const ones = { rule: expr.cmp('=', expr.col('x'), expr.literal('UBIGINT', '1')) };
    await apply(at('day.jsonl'), 'input', { ...dropOnes, where: ones });
    expect(await readdir(at('out'))).toContain('cleaned.parquet');
    expect((await bits(await back())).slice(1)).toEqual(['1|1,2', '2|3']);
  });
});

async function folders(format: CleanedFormat): Promise<string> {
  for (const [day, xs] of [
    ['2026-01-01', [1, 2, 3]],
    ['2026-01-02', [1, 1]],
    ['2026-01-03', [5, 2]],
  ] as const) {
    await mkdir(at('log', `day=${day}`), { recursive: true });
    const file = path.join('log', `day=${day}`, `part.${format}`);
    if (format === 'jsonl') await writeFile(at(file), xs.map((x) => `{"x":${x},"f":-0.5}\n`).join(''));
    else if (format === 'csv') await writeFile(at(file), `x,f\n${xs.map((x) => `${x},${x / 4}`).join('\n')}\n`);
    else await parquet(file, `SELECT unnest([${xs.join()}]) AS x, -0.0::DOUBLE AS f`, 'snappy');
  }
  return at('log');
}

/** JSON numbers from 0 on are read as unsigned. */
function unsigned(verb: PlanVerb): PlanVerb {
  return JSON.parse(JSON.stringify(verb).replaceAll('"BIGINT"', '"UBIGINT"')) as PlanVerb;
}

describe('key=value folders', () => {
  it.each(['parquet', 'csv', 'jsonl'] as const)('are kept, and undone, for %s', async (format) => {
    const log = await folders(format);
    const as = (verb: PlanVerb): PlanVerb => (format === 'jsonl' ? unsigned(verb) : verb);
    await apply(log, 'input', as(dropOnes), as(repeatTwos));
    const names = (await readdir(at('out', 'cleaned'), { recursive: true })).filter((name) => name.includes('part'));
    expect(names.toSorted()).toEqual([1, 2, 3].map((d) => `day=2026-01-0${d}/part.${format}`));
    const first = await here.engine.rows(
      { sql: `SELECT * EXCLUDE (f) FROM '${at('out', 'cleaned', names.toSorted()[0]!)}'` },
      9,
      here.run,
    );
    // The file itself does not hold the day; readers of such folders add it.
    expect(first.map((row) => Number(row['x']))).toEqual([2, 2, 2, 3]);
    const rows = await bits(await back());
    expect(rows[0]).toContain('day DATE');
    expect(rows.slice(1).map((row) => row.split('|')[0])).toEqual(['1', '2', '3', '1', '1', '5', '2']);
  });

  it('give way to one file where a step changes the column that names them', async () => {
    const log = await folders('parquet');
    await apply(log, 'input', { id: 1, code, verb: 'rename-column', column: 'day', to: 'date' });
    expect(await readdir(at('out'))).toContain('cleaned.parquet');
    expect(await bits(await back())).toHaveLength(8);
  });
});
