import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRun } from '../../../src/core/run.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { demoRoles, makeDemo } from '../../../src/demo/make.js';
import { openBridge } from './bridge.js';

const cli = new URL('../../../dist/bin/assay.js', import.meta.url).pathname;
const roles = Object.entries(demoRoles).flatMap(([role, column]) => [`--${role}`, column]);

let folder: string;
let file: string;
let bridge: Awaited<ReturnType<typeof openBridge>>;

/** The demo log with the number of each row, which is the key of the table, as a file and as a table. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-clickhouse-'));
  file = join(folder, 'log.parquet');
  const engine = await createDuckDb({ threads: 2, memory: '1GB' });
  const run = createRun({ engine });
  const demo = await makeDemo({ rows: 20_000, seed: 1, folder: join(folder, 'demo') }, run);
  const numbered = `SELECT *, row_number() OVER () - 1 AS row_id FROM read_parquet(${engine.dialect.text(demo.train)})`;
  await engine.write({ sql: numbered }, { kind: 'parquet', path: file }, run);
  await run.close();
  await engine.close();
  bridge = await openBridge();
  await bridge.sql('CREATE DATABASE shop');
  await bridge.sql(
    `CREATE TABLE shop.log ENGINE = MergeTree ORDER BY row_id AS SELECT * REPLACE (assumeNotNull(row_id) AS row_id) FROM file('${file}', Parquet)`,
  );
});
afterAll(async () => {
  await bridge.close();
  await rm(folder, { recursive: true });
});

it('an audit of the table says what an audit of the file says', async () => {
  const address = `${bridge.url.replace('http:', 'clickhouse:')}/shop/log`;
  const [ofFile, ofTable] = [await audit(file), await audit(address)];
  expect(ofFile.defects.length).toBeGreaterThan(10);
  expect(ofTable.defects.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  expect(differences(ofFile, ofTable, '')).toEqual([]);
  // The helper tables are gone.
  const left = await bridge.sql("SELECT count() FROM system.databases WHERE name LIKE 'assay%'");
  expect(left.trim()).toBe('0');
});

it('reads files of a lake through a view over them, as the cluster reads them', async () => {
  const ids = `SELECT * REPLACE (assumeNotNull(row_id) AS row_id) FROM file('${file}', Parquet)`;
  await bridge.sql(`CREATE VIEW shop.lake AS ${ids}`);
  const only = ['--only', 'missing'];
  const address = `${bridge.url.replace('http:', 'clickhouse:')}/shop/lake`;
  const [ofFile, ofView] = [await audit(file, ...only), await audit(address, ...only)];
  expect(ofView.defects.map(({ id, outcome }) => [id, outcome])).toEqual([['missing', 'ok']]);
  expect(differences(ofFile, ofView, '')).toEqual([]);
});

it('scores the rows outside a sample as it does those of the file', async () => {
  await writeFile(join(folder, 'assay.yaml'), 'defects:\n  label-noise:\n    rows: 4000\n');
  const only = ['--only', 'label-noise'];
  const address = `${bridge.url.replace('http:', 'clickhouse:')}/shop/log`;
  const [ofFile, ofTable] = [await audit(file, ...only), await audit(address, ...only)];
  await rm(join(folder, 'assay.yaml'));
  expect(JSON.stringify(ofFile.defects)).toContain('label-noise.sampled');
  expect(differences(ofFile, ofTable, '')).toEqual([]);
});

it('refuses what it cannot do, with a sentence', async () => {
  const address = `${bridge.url.replace('http:', 'clickhouse:')}/shop/log`;
  expect(await refused('audit', address)).toContain(
    '3 assay: The table "shop.log" cannot be read: a table has no order',
  );
  expect(await refused('audit', address, '--key', 'row_ids')).toContain('Did you mean');
  expect(await refused('audit', `${address}s`, '--key', 'row_id')).toContain('no such table');
  expect(await refused('audit', address, '--key', 'row_id', '--test', file)).toContain('cannot be mixed');
  for (const command of ['run', 'ablate', 'clean'])
    expect(await refused(command, address, '--key', 'row_id')).toContain('`assay audit` reads');
  const secret = address.replace('//', '//me:hunter2@');
  const told = await refused('audit', secret);
  expect(told).toContain('ASSAY_CLICKHOUSE_PASSWORD');
  expect(told).not.toContain('hunter2');
  const [nobody] = [await refused('audit', 'clickhouse://127.0.0.1:1/a/b', '--key', 'k')];
  expect(nobody).toContain('3 assay: The server "http://127.0.0.1:1" cannot be reached: ECONNREFUSED');
});

/** What a command that must fail prints, with its exit code in front. */
async function refused(...args: readonly string[]): Promise<string> {
  return exec(args).then(
    () => 'it went through',
    (error: { code: number; stderr: string }) => `${error.code} ${error.stderr.trim()}`,
  );
}

interface Audited {
  readonly defects: readonly { readonly id: string; readonly outcome: string }[];
}

async function audit(train: string, ...more: readonly string[]): Promise<Audited> {
  const { stdout } = await exec(['audit', train, ...roles, '--key', 'row_id', '--format', 'json', '--quiet', ...more]);
  return JSON.parse(stdout) as Audited;
}

function exec(args: readonly string[]): Promise<{ stdout: string }> {
  const out = args.includes('--format') ? ['--out', join(folder, 'out')] : [];
  return promisify(execFile)(process.execPath, [cli, ...args, ...out], { cwd: folder, maxBuffer: 2 ** 28 });
}

/** Where two reports differ: floats by more than 1e-9 of their size, everything else at all. The source has two names. */
function differences(a: unknown, b: unknown, path: string): readonly string[] {
  if (/\.(file|name)$|^\.study\.files/.test(path) && typeof a === 'string') return [];
  if (typeof a === 'number' && typeof b === 'number')
    return a === b || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b)) ? [] : [`${path}: ${a} and ${b}`];
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return a === b ? [] : [`${path}: ${JSON.stringify(a)} and ${JSON.stringify(b)}`];
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  const [left, right] = [a, b] as Record<string, unknown>[] as [Record<string, unknown>, Record<string, unknown>];
  return [...keys].flatMap((key) => differences(left[key], right[key], `${path}.${key}`));
}
