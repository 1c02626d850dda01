import { cp, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/core/engine.js';
import type { Report } from '../../reports/model.js';
import type { Run } from '../../src/core/run.js';
import { createRun } from '../../src/core/run.js';
import { makeDemo } from '../../src/demo/make.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { assay, inFolder } from './assay.js';

const rows = 6000;
/** The first version of the log, made of the second: other names, units, types and spellings, and two names exchanged. */
const firstVersion = `SELECT time, CASE click WHEN 1 THEN 'yes' ELSE 'no' END AS click, "user" AS uid, item, hour, weekday,
  position, 'd' || device AS device, version, source, country, category, segment,
  CAST(round(price * 100) AS BIGINT) AS price_cents, discount, relevance AS user_ctr, user_ctr AS relevance, item_ctr, seen,
  depth, CAST(tenure AS BIGINT) * 86400 AS tenure, CAST(battery AS VARCHAR) AS battery, 'x' AS legacy`;

let engine: Engine;
let run: Run;

beforeAll(async () => {
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine });
});

afterAll(async () => {
  await run.close();
  await engine.close();
});

/** `new/log.parquet` and `old/log.parquet`: one log in both versions; `later.parquet`: other rows of the second. */
async function bothVersions(folder: string): Promise<void> {
  await mkdir(path.join(folder, 'new'));
  await mkdir(path.join(folder, 'old'));
  const made = await makeDemo({ rows, seed: 5, folder: path.join(folder, 'demo'), planted: false }, run);
  await cp(made.train, path.join(folder, 'new', 'log.parquet'));
  const later = await makeDemo({ rows, seed: 6, folder: path.join(folder, 'demo-6'), planted: false }, run);
  await cp(later.train, path.join(folder, 'later.parquet'));
  const sql = `${firstVersion} FROM read_parquet('${made.train}')`;
  await engine.write({ sql }, { kind: 'parquet', path: path.join(folder, 'old', 'log.parquet') }, run);
}

const roles = ['--label', 'click', '--time', 'time', '--item', 'item', '--position', 'position'];

describe('assay schema', () => {
  it('makes the first version of a log readable as the second: the report is the same', async () => {
    await inFolder(async (folder) => {
      await bothVersions(folder);
      // The second version is known by a schema of other rows.
      const wrote = await assay(folder, ['schema', 'later.parquet', ...roles, '--user', 'user', '--write', 'new.yaml']);
      expect(wrote).toMatchObject({ code: 0, out: expect.stringContaining('Wrote new.yaml') });
      const args = ['schema', 'old/log.parquet', ...roles, '--user', 'uid', '--positive', 'yes', '--diff', 'new.yaml'];
      const diff = await assay(folder, [...args, '--migration', 'migration.yaml', '--format', 'json']);
      expect(diff).toMatchObject({ code: 0 });
      const { changes, verdict } = JSON.parse(diff.out);
      expect(verdict).toBe('migratable');
      const codes = changes.map((c: { code: string; column: string }) => `${c.code} ${c.column}`);
      expect(codes.toSorted()).toEqual([
        'removed legacy',
        'renamed price_cents',
        'renamed uid',
        'swapped relevance',
        'swapped user_ctr',
        'type battery',
        'type click',
        'type device',
        'type price_cents',
        'type tenure',
        'unit price_cents',
        'unit tenure',
        'values-renamed click',
        'values-renamed device',
      ]);
      const applied = await assay(folder, ['apply', 'migration.yaml', 'old/log.parquet', '--out', 'out', '--strict']);
      expect(applied).toMatchObject({ code: 0 });
      await mkdir(path.join(folder, 'migrated'));
      await cp(path.join(folder, 'out', 'cleaned.parquet'), path.join(folder, 'migrated', 'log.parquet'));
      const audit = (data: string): ReturnType<typeof assay> =>
        assay(folder, ['audit', data, ...roles, '--user', 'user', '--schema', 'new.yaml', '--format', 'json']);
      const [own, migrated] = [await audit('new/log.parquet'), await audit('migrated/log.parquet')];
      expect(own.code).toBe(0);
      expect(migrated.out).toBe(own.out);
      // Unmigrated, it is not what the schema says.
      const raw = await assay(folder, [
        'audit',
        'old/log.parquet',
        '--only',
        'schema',
        '--schema',
        'new.yaml',
        ...roles,
      ]);
      expect(raw.out).toContain('click is VARCHAR; the schema says INTEGER.');
    });
  }, 400_000);

  it('refuses a migration that cannot be made, with the reason, and writes nothing', async () => {
    await inFolder(async (folder) => {
      await bothVersions(folder);
      const args = ['schema', 'new/log.parquet', '--diff', 'old/log.parquet', '--label', 'click'];
      const refused = await assay(folder, [...args, '--migration', 'm.yaml']);
      expect(refused.code).toBe(3);
      expect(refused.err).toMatch(
        /cannot be made data like .*"legacy" is new and must hold a value in 100% of the rows/,
      );
      await expect(readFile(path.join(folder, 'm.yaml'))).rejects.toThrow(/ENOENT/);
      // Asked what changed only, the exit code says that it breaks.
      expect(await assay(folder, args)).toMatchObject({ code: 1, out: expect.stringContaining('breaks') });
    });
  }, 200_000);

  it('takes what serving logged for data of the environment serving, as the comparison with serving does', async () => {
    await inFolder(async (folder) => {
      const made = await makeDemo({ rows, seed: 7, folder: path.join(folder, 'demo'), planted: false }, run);
      const written = (select: string, name: string): Promise<unknown> => {
        const sql = `${select} FROM (SELECT row_number() OVER () AS id, * FROM read_parquet('${made.train}'))`;
        return engine.write({ sql }, { kind: 'parquet', path: path.join(folder, name) }, run);
      };
      await written('SELECT *', 'log.parquet');
      await written('SELECT * EXCLUDE (click)', 'served.parquet');
      await written('SELECT * EXCLUDE (click, price)', 'short.parquet');
      const named = [...roles, '--user', 'user', '--key', 'id'];
      expect(await assay(folder, ['schema', 'log.parquet', ...named, '--write', 's.yaml'])).toMatchObject({ code: 0 });
      const findings = async (...args: readonly string[]): Promise<readonly string[]> => {
        const ran = await assay(folder, ['audit', ...args, '--format', 'json']);
        expect(ran).toMatchObject({ code: 0, err: expect.not.stringContaining('rror') });
        const { defects } = JSON.parse(ran.out) as Pick<Report, 'defects'>;
        return defects.flatMap((d) =>
          d.findings.map(({ code, args: { column } }) => `${code} ${typeof column === 'string' ? column : 'nowhere'}`),
        );
      };
      const checked = (file: string, environment: string): Promise<readonly string[]> => {
        const noLabel = ['--time', 'time', '--user', 'user', '--item', 'item', '--position', 'position', '--key', 'id'];
        return findings(file, ...noLabel, '--only', 'schema', '--schema', 's.yaml', '--environment', environment);
      };
      const compared = (file: string): Promise<readonly string[]> =>
        findings('log.parquet', ...named, '--only', 'skew', '--serve', file);
      expect(await checked('served.parquet', 'serving')).toEqual([]);
      expect(await compared('served.parquet')).toEqual([]);
      expect(await checked('served.parquet', 'training')).toEqual(['schema.missing-column click']);
      expect(await checked('short.parquet', 'serving')).toEqual(['schema.missing-column price']);
      expect(await compared('short.parquet')).toEqual(['skew.absent price']);
    });
  }, 400_000);

  it('tells a fault of the schema file before it reads data', async () => {
    await inFolder(async (folder) => {
      await bothVersions(folder);
      await run.engine.write(
        { sql: "SELECT 'columns: [{ name: a, typ: DOUBLE }]' AS t" },
        { kind: 'csv', path: path.join(folder, 's.yaml') },
        run,
      );
      const found = await assay(folder, ['audit', 'new/log.parquet', '--schema', 's.yaml']);
      expect(found.code).toBe(3);
      expect(found.err).toMatch(/s\.yaml:\d+:\d+: /);
    });
  }, 200_000);
});
