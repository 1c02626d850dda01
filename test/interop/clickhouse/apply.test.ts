import type { Engine, Value } from '../../../src/core/engine.js';
import type { Expr } from '../../../src/core/plan.js';
import type { Run } from '../../../src/core/run.js';
import type { Applied, ApplyOptions } from '../../../src/cleaning/apply/apply.js';
import type { PlanVerb, Recipe } from '../../../src/cleaning/recipe/recipe.js';
import type { TableManifest } from '../../../src/cleaning/tables/manifest.js';
import { access, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { execFile, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { applyRecipe } from '../../../src/cleaning/apply/apply.js';
import { parseRecipe } from '../../../src/cleaning/recipe/parse.js';
import { printRecipe } from '../../../src/cleaning/recipe/print.js';
import { expr } from '../../../src/core/plan.js';
import { createRun } from '../../../src/core/run.js';
import { createClickHouse } from '../../../src/dataset/engines/clickhouse/engine.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { makeDemo } from '../../../src/demo/make.js';
import { openBridge } from './bridge.js';

const code = 'c';
const above = (name: string, value: number): Expr => expr.cmp('>', expr.col(name), expr.double(value));
const whole = (value: number): Expr => expr.literal('INTEGER', String(value));
const nan: Expr = { lit: { type: 'DOUBLE', bits: '7ff8000000000001' } };
const said = `a . b 'q' \\ "x" $y`;

/** Another value where a condition holds. */
const up: Expr = {
  when: above('odd', 0),
  // oxlint-disable-next-line unicorn/no-thenable -- a branch of an expression, never awaited
  then: expr.text('up'),
  else: expr.col('half'),
};

/** Every kind of verb, and every kind of expression that a server can evaluate. */
const verbs: readonly PlanVerb[] = [
  { id: 1, code, verb: 'drop-row', where: { rule: above('price', 60) } },
  {
    id: 2,
    code,
    verb: 'repeat-row',
    where: { rule: expr.and(expr.cmp('=', expr.col('click'), whole(1)), above('relevance', 0.5)) },
    times: 3,
  },
  { id: 3, code, verb: 'drop-row', where: { rule: above('odd', 4) } },
  { id: 4, code, verb: 'weight-row', where: { rule: above('relevance', 0.5) }, factor: 0.5 },
  {
    id: 5,
    code,
    verb: 'set-label',
    where: { rule: { in: expr.col('source'), list: [{ type: 'INTEGER', text: '1' }] } },
    to: whole(0),
  },
  { id: 6, code, verb: 'set-cell', column: 'price', where: { rule: above('price', 20) }, to: expr.double(-0) },
  {
    id: 7,
    code,
    verb: 'map-column',
    column: 'relevance',
    as: { op: '*', args: [expr.col('relevance'), expr.double(0.1)] },
    inverse: { op: '/', args: [expr.col('relevance'), expr.double(0.1)] },
  },
  { id: 8, code, verb: 'cast-column', column: 'depth', to: 'DOUBLE' },
  { id: 9, code, verb: 'drop-column', column: 'discount' },
  { id: 10, code, verb: 'rename-column', column: 'price', to: 'discount' },
  {
    id: 11,
    code,
    verb: 'add-column',
    column: 'is_hot',
    type: 'BOOLEAN',
    as: { or: [{ isNull: expr.col('user_ctr') }, { not: above('user_ctr', 0.02) }] },
  },
  { id: 12, code, verb: 'set-cell', column: 'odd', where: { rule: { isNaN: expr.col('odd') } }, to: expr.double(1) },
  { id: 13, code, verb: 'set-cell', column: 'odd', where: { rule: above('odd', 2) }, to: nan },
  {
    id: 14,
    code,
    verb: 'map-column',
    column: 'word',
    lookup: [
      [
        { type: 'VARCHAR', text: 'a' },
        { type: 'VARCHAR', text: said },
      ],
      [
        { type: 'VARCHAR', text: "it's" },
        { type: 'VARCHAR', text: null },
      ],
    ],
    other: 'keep',
  },
  { id: 15, code, verb: 'cast-column', column: 'figure', to: 'DOUBLE' },
  { id: 16, code, verb: 'cast-column', column: 'half', to: 'VARCHAR' },
  {
    id: 17,
    code,
    verb: 'set-cell',
    column: 'half',
    where: { rule: expr.cmp('=', expr.col('word'), expr.text(said)) },
    to: up,
  },
];

function recipeOf(plan: readonly PlanVerb[]): Recipe {
  const step = { defect: 'd', repair: 'r', title: 't', strength: null, acceptedBy: 'person', evidence: null } as const;
  const made = { assay: '0.1.0', source: 'elsewhere', rows: 4 };
  return {
    version: 1,
    made,
    label: 'click',
    weight: null,
    steps: [{ ...step, plan }],
    exceptions: [],
    rejected: [],
  };
}

let folder: string;
let file: string;
let bridge: Awaited<ReturnType<typeof openBridge>>;
let [duck, server] = [] as unknown as [Engine, Engine];
let [here, there] = [] as unknown as [Run, Run];

/** The demo log with a key and with columns of awkward values, as a file and as a table. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-clickhouse-'));
  file = join(folder, 'log.parquet');
  duck = await createDuckDb({ threads: 2, memory: '1GB' });
  here = createRun({ engine: duck });
  const demo = await makeDemo({ rows: 3_000, seed: 1, folder: join(folder, 'demo') }, here);
  const key = 'row_number() OVER () - 1';
  const odd = `[CAST('-0.0' AS DOUBLE), 0, CAST('nan' AS DOUBLE), 5, 3, NULL, CAST('-inf' AS DOUBLE), 1e-7]`;
  const extra = [
    `${key} AS row_id`,
    `(${odd})[1 + (${key}) % 8] AS odd`,
    `['a', 'it''s', NULL, '', 'ü \\ '][1 + (${key}) % 5] AS word`,
    `['1', '1.50', ' 2 ', 'x', '1e3', NULL, '-0', '007', '', '0.1'][1 + (${key}) % 10] AS figure`,
    `((${key}) % 7) * 0.5e0 AS half`,
  ];
  const log = `SELECT *, ${extra.join(', ')} FROM read_parquet(${duck.dialect.text(demo.train)})`;
  await duck.write({ sql: log }, { kind: 'parquet', path: file }, here);
  bridge = await openBridge();
  await bridge.sql('CREATE DATABASE shop');
  await bridge.sql(
    `CREATE TABLE shop.log ENGINE = MergeTree ORDER BY row_id AS SELECT * REPLACE (assumeNotNull(row_id) AS row_id) FROM file('${file}', Parquet)`,
  );
  server = await createClickHouse({ url: bridge.url });
  there = createRun({ engine: server });
});
afterAll(async () => {
  await server.close();
  await duck.close();
  await bridge.close();
  await rm(folder, { recursive: true });
});

function apply(
  plan: readonly PlanVerb[],
  data: string,
  out: string,
  how: Partial<ApplyOptions> = {},
  run = there,
): Promise<Applied> {
  const options: ApplyOptions = { rows: 'train', strict: false, folder, cache: join(folder, 'cache'), ...how };
  return applyRecipe(parseRecipe('r.yaml', printRecipe(recipeOf(plan), [])), data, join(folder, out), options, run);
}

const address = (table: string): string => `${bridge.url.replace('http:', 'clickhouse:')}/shop/${table}`;

async function tables(): Promise<readonly string[]> {
  const names = await bridge.sql("SELECT name FROM system.tables WHERE database = 'shop' ORDER BY name");
  return names.split('\n').filter((name) => name !== '');
}

/** The rows of a file of the file's cleaning, and of a table of the table's, in one order. */
async function both(
  name: string,
  table: string,
  order: string,
): Promise<readonly (readonly Record<string, Value>[])[]> {
  const path = duck.dialect.text(join(folder, 'of-file', name));
  const wanted = { sql: `SELECT * FROM read_parquet(${path}) ORDER BY ${order}` };
  const found = { sql: `SELECT * FROM shop.${table} ORDER BY ${order}` };
  return [await duck.rows(wanted, 100_000, here), await server.rows(found, 100_000, there)];
}

/** Where two tables differ, in any bit that a value shows; the first few places. */
function differing(
  wanted: readonly Record<string, Value>[],
  found: readonly Record<string, Value>[],
): readonly string[] {
  const names = Object.keys(wanted[0]);
  expect(Object.keys(found[0])).toEqual(names);
  const places = wanted.flatMap((row, i) =>
    names.flatMap((name) =>
      Object.is(row[name], found[i]?.[name])
        ? []
        : [`${i} ${name}: ${String(row[name])} and ${String(found[i]?.[name])}`],
    ),
  );
  return [...places.slice(0, 20), ...(found.length === wanted.length ? [] : [`${found.length} rows`])];
}

it('a table is cleaned as the same rows in a file are, row for row', async () => {
  const ofFile = await apply(verbs, file, 'of-file', {}, here);
  const ofTable = await apply(verbs, address('log'), 'of-table', { key: ['row_id'] });
  const { tables: named, ...rest } = ofTable;
  expect(rest).toEqual(ofFile);
  const others = ofFile.steps.filter(({ outcome }) => outcome !== 'applied');
  expect(others.map(({ step, outcome }) => [step, outcome])).toEqual([[15, 'unfit']]);
  expect(Object.values(named!).map((name) => name!.table)).toEqual([
    'log_clean',
    'log_clean_quarantine',
    'log_clean_quarantine_columns',
    'log_clean_changes',
  ]);
  const pairs = [
    ['cleaned.parquet', 'log_clean', 'row_id, assay_weight, is_hot'],
    ['quarantine.parquet', 'log_clean_quarantine', '"row"'],
    ['quarantine-columns.parquet', 'log_clean_quarantine_columns', '"row"'],
    ['changes.parquet', 'log_clean_changes', 'step, row_key, "copy", "column"'],
  ] as const;
  for (const [name, table, order] of pairs) {
    const [wanted, found] = await both(name, table, order);
    expect(wanted.length).toBeGreaterThan(100);
    expect({ name, places: differing(wanted, found) }).toEqual({ name, places: [] });
  }
  const manifest = JSON.parse(await readFile(join(folder, 'of-table/manifest.json'), 'utf8')) as TableManifest;
  expect(manifest.counts.cleaned + manifest.counts.quarantine - manifest.counts.copies).toBe(ofFile.rows.source);
  expect(await readdir(join(folder, 'of-table'))).toEqual(['manifest.json', 'recipe.yaml']);
});

const dropLarge: PlanVerb = { id: 1, code, verb: 'drop-row', where: { rule: above('x', 4) } };
const cli = new URL('../../../dist/bin/assay.js', import.meta.url).pathname;

it('columns that no step touches keep their types and every bit, and a key that is no number is in the log', async () => {
  const types = {
    name: 'String',
    x: 'Float64',
    device: 'LowCardinality(String)',
    kind: "Enum8('it\\'s' = 1, 'b' = 2)",
    tags: 'Array(Nullable(String))',
    at: "DateTime('Europe/Berlin')",
    day: 'Date',
    whose: 'UUID',
    price: 'Nullable(Decimal(9, 2))',
    'a "b\\': 'DateTime64(9)',
    big: 'UInt64',
  };
  const columns = Object.entries(types).map(([name, type]) => `${JSON.stringify(name)} ${type}`);
  await bridge.sql(`CREATE TABLE shop.kinds (${columns.join(', ')}) ENGINE = MergeTree ORDER BY name`);
  await bridge.sql(`INSERT INTO shop.kinds SELECT 'n' || toString(number), [-0.0, nan, 5, 1][1 + number % 4], 'd',
    if(number % 2 = 0, 'it\\'s', 'b'), ['a', NULL], toDateTime('2026-03-29 00:30:00', 'UTC') + number, toDate('2026-01-01') + number,
    toUUID('00000000-0000-0000-0000-00000000000' || toString(number)), if(number = 3, NULL, toDecimal32(1.1, 2)),
    fromUnixTimestamp64Nano(1700000000123456789 + number), 18446744073709551615 - number FROM numbers(8)`);
  const [sum, print] = ['sum(cityHash64(*))', 'SELECT * FROM shop.kinds ORDER BY name'];
  const before = await bridge.sql(`SELECT ${sum} FROM shop.kinds`);
  const plan: readonly PlanVerb[] = [
    dropLarge,
    {
      id: 2,
      code,
      verb: 'set-cell',
      column: 'device',
      where: { rule: above('x', 0) },
      to: expr.literal('VARCHAR', null),
    },
    { id: 3, code, verb: 'rename-column', column: 'tags', to: 'labels' },
  ];
  const how = { key: ['name', 'day'], table: 'shop.kinds_done' };
  const applied = await apply(plan, address('kinds'), 'kinds', how);
  expect(applied.rows).toEqual({ source: 8, cleaned: 6, quarantine: 2 });
  const typesOf = (table: string): Promise<string> =>
    bridge.sql(
      `SELECT name, type FROM system.columns WHERE database = 'shop' AND table = '${table}' ORDER BY position`,
    );
  const wanted = await typesOf('kinds');
  const touched = wanted.replace('LowCardinality(String)', 'Nullable(String)').replace('tags', 'labels');
  expect(await typesOf('kinds_done')).toBe(touched);
  expect(await typesOf('kinds_done_quarantine')).toBe(
    `file\tNullable(Int32)\nrow\tNullable(Int64)\ncopy\tNullable(Int32)\n${wanted}`,
  );
  // What was set is in the log, with the key of its row; with it all rows are what they were.
  const old = `SELECT key_name, assumeNotNull(old_varchar) AS o FROM shop.kinds_done_changes WHERE step = 2`;
  const lived = `SELECT * REPLACE (if(device IS NULL, o, device) AS device) FROM shop.kinds_done LEFT JOIN (${old}) AS l ON l.key_name = name`;
  const back = `SELECT * EXCEPT (key_name, o) FROM (${lived}) UNION ALL SELECT * EXCEPT (file, row, copy) FROM shop.kinds_done_quarantine`;
  expect(await bridge.sql(`SELECT * FROM (${back}) ORDER BY name`)).toBe(await bridge.sql(print));
  expect(await bridge.sql(`SELECT ${sum} FROM shop.kinds`)).toBe(before);
});

/** What an application that must fail says. */
const refused = async (plan: readonly PlanVerb[], how: Partial<ApplyOptions>, table = 'log'): Promise<string> =>
  apply(plan, address(table), 'refused', how).then(
    () => 'it went through',
    (error: Error) => error.message,
  );

/** Tables that the slow one has begun. */
const drafts = async (): Promise<readonly string[]> => (await tables()).filter((name) => name.startsWith('slow_'));

it('refuses what it cannot do before anything is written', async () => {
  const there = await tables();
  const [key, into] = [{ key: ['row_id'] }, { key: ['row_id'], table: 'other' }];
  const large: PlanVerb = { id: 1, code, verb: 'drop-row', where: { rule: above('price', 60) } };
  expect(await refused([large], key)).toBe(
    'The table "shop.log_clean" exists already. Choose another name with --table, or remove it.',
  );
  const hashed: PlanVerb = {
    id: 2,
    code,
    verb: 'map-column',
    column: 'word',
    as: { keyedHash: expr.col('word') },
  };
  expect(await refused([large, hashed], into)).toContain('Step 2 of the plan is refused: map-column: a keyed hash');
  const asUuid: PlanVerb = { id: 2, code, verb: 'cast-column', column: 'word', to: 'UUID' };
  expect(await refused([large, asUuid], into)).toContain('cast-column: a server has no type UUID');
  expect(await refused([large], { table: 'other' })).toContain('a table has no order of its own');
  expect(await refused([large], { ...into, key: ['device'] })).toContain('does not tell all rows apart');
  expect(await refused([large], { ...into, write: 'csv' })).toContain('a table is cleaned into tables of its server');
  const left = await bridge.sql("SELECT count() FROM system.tables WHERE name LIKE '%draft%'");
  expect([left.trim(), await tables()]).toEqual(['0', there]);
  await expect(access(join(folder, 'refused'))).rejects.toThrow('ENOENT');
});

it('leaves no table where something fails or is stopped on the way', async () => {
  await bridge.sql(
    'CREATE TABLE shop.base ENGINE = MergeTree ORDER BY id AS SELECT number AS id, number % 7 / 1.0 AS x FROM numbers(1000)',
  );
  await bridge.sql('CREATE TABLE shop.fuse (lit UInt8) ENGINE = Memory');
  await bridge.sql(
    `CREATE VIEW shop.trap AS SELECT id, x, throwIf(id = 500 AND (SELECT count() FROM shop.fuse) > 0, 'blown') AS t FROM shop.base`,
  );
  const before = await tables();
  const [plan, how] = [[dropLarge], { key: ['id'] }];
  /** What is told where something happens just before the cleaned rows are written. */
  const failing = async (table: string, happen: () => unknown, stop = new AbortController()): Promise<string> => {
    const make: NonNullable<Engine['tables']>['make'] = async (into, ...rest) => {
      if (into.table.startsWith(`${table}_clean__`)) await happen();
      return server.tables!.make(into, ...rest);
    };
    const run = createRun({ engine: { ...server, tables: { ...server.tables!, make } }, signal: stop.signal });
    return apply(plan, address(table), 'failing', how, run).then(
      () => 'it went through',
      (error: Error) => error.message,
    );
  };
  expect(await failing('trap', () => bridge.sql('INSERT INTO shop.fuse VALUES (1)'))).toContain('blown');
  await bridge.sql('TRUNCATE TABLE shop.fuse');
  const stop = new AbortController();
  expect(await failing('trap', () => stop.abort(), stop)).toContain('Interrupted');
  expect(await failing('base', () => bridge.sql('INSERT INTO shop.base VALUES (1000, 1)'))).toContain(
    '"shop.base" changed while it was read',
  );
  expect(await tables()).toEqual(before);
  // Somebody else takes the name meanwhile: it stays theirs, and what had its name already goes.
  await failing('base', () => bridge.sql('CREATE TABLE shop.base_clean (a UInt8) ENGINE = Memory'));
  expect(await tables()).toEqual([...before, 'base_clean'].toSorted());
  await bridge.sql('DROP TABLE shop.base_clean');
  await expect(access(join(folder, 'failing'))).rejects.toThrow('ENOENT');
  expect(await failing('base', () => {})).toBe('it went through');
});

it('one that is killed leaves drafts alone, and the next one works', async () => {
  await bridge.sql(
    'CREATE VIEW shop.slow AS SELECT id, x + 0 * sleepEachRow(0.001) AS x FROM shop.base WHERE id < 200',
  );
  const recipe = join(folder, 'recipe.yaml');
  await writeFile(recipe, printRecipe(recipeOf([dropLarge]), []));
  const args = [cli, 'apply', recipe, address('slow'), '--key', 'id', '--out', join(folder, 'killed')];
  const killed = spawn(process.execPath, args, { cwd: folder, stdio: 'ignore' });
  while ((await drafts()).length === 0 && killed.exitCode === null) await pause(50);
  killed.kill('SIGKILL');
  expect((await drafts()).every((name) => name.includes('__draft_'))).toBe(true);
  await expect(access(join(folder, 'killed'))).rejects.toThrow('ENOENT');
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder });
  expect(stdout).toContain('Wrote shop.slow_clean, shop.slow_clean_quarantine, shop.slow_clean_changes, ');
  await access(join(folder, 'killed/manifest.json'));
});
