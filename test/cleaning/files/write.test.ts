import type { Plan, Verb } from '../../../src/core/plan.js';
import type { Study } from '../../../src/core/study.js';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workplace } from '../workplace.js';
import { AssayError } from '../../../src/core/errors.js';
import { expr, planOf } from '../../../src/core/plan.js';
import { createRun } from '../../../src/core/run.js';
import { writeFault } from '../../../src/cleaning/files/file-faults.js';
import { readManifest } from '../../../src/cleaning/files/manifest.js';
import { writeCleaned } from '../../../src/cleaning/files/write.js';
import { bitsOf } from '../../dataset/plan/oracle/cells.js';
import { studyOf } from '../../dataset/plan/oracle/in-engine.js';

const here = workplace();

const plan = (...verbs: readonly Verb[]): Plan => planOf('test', 'test', ...verbs);
const dropOnes = plan({ verb: 'drop-row', where: { rule: expr.cmp('=', expr.col('x'), expr.double(1)) } });

/** Four rows of x and file, two of them in a list. */
function small(): Promise<Study> {
  const columns = [
    { id: 0, name: 'x', type: 'DOUBLE' },
    { id: 1, name: 'file', type: 'VARCHAR' },
  ];
  const rows = [0, 1, 2, 1].map((x, i) => ({
    k: BigInt(i),
    copy: 0,
    part: null,
    cells: new Map<number, string>([
      [0, bitsOf(x)],
      [1, `f${i}`],
    ]),
  }));
  const list = new Map([
    ['0/0', null],
    ['3/0', null],
  ]);
  return studyOf(
    here.engine,
    {
      table: { columns, rows, label: null, weight: null },
      steps: [],
      lists: new Map([['some_rows', list]]),
      listTypes: new Map(),
    },
    here.run,
  );
}

const columnsOf = async (path: string): Promise<readonly string[]> => {
  const { relation } = await here.engine.attach({ files: [path], format: 'parquet', cache: here.base }, here.run);
  return relation.columns.map((c) => `${c.name} ${c.type}`);
};

describe('a written cleaning', () => {
  it('holds its files, without keys in cleaned and with keys of free names in quarantine', async () => {
    const folder = join(here.base, 'deep', 'out');
    await writeCleaned(await small(), dropOnes, folder, here.run, { recipe: 'steps: []\n', proof: { gain: 1 } });
    expect((await readdir(folder)).sort()).toEqual([
      'changes.parquet',
      'cleaned.parquet',
      'manifest.json',
      'proof.json',
      'quarantine.parquet',
      'recipe.yaml',
    ]);
    expect(await columnsOf(join(folder, 'cleaned.parquet'))).toEqual(['x DOUBLE', 'file VARCHAR']);
    expect(await columnsOf(join(folder, 'quarantine.parquet'))).toEqual([
      'file_ INTEGER',
      'row BIGINT',
      'copy INTEGER',
      'x DOUBLE',
      'file VARCHAR',
    ]);
    expect(await readFile(join(folder, 'recipe.yaml'), 'utf8')).toBe('steps: []\n');
    const manifest = await readManifest(folder);
    expect(manifest.counts).toEqual({ cleaned: 2, quarantine: 2, copies: 0, changes: 2, steps: { 1: 2 } });
    expect(manifest.keyNames).toEqual({ file: 'file_', row: 'row', copy: 'copy' });
  });

  it('keeps keyed lists beside the recipe, named by their content', async () => {
    const folder = join(here.base, 'out');
    const byList = plan({ verb: 'drop-row', where: { keys: { list: 'some_rows', of: 'source' } } });
    const { lists } = await writeCleaned(await small(), byList, folder, here.run, {
      recipe: (stored) => stored.map((l) => l.file).join('\n'),
    });
    expect(lists).toMatchObject([{ step: 1, list: 'some_rows', rows: 2, type: null }]);
    expect(await readFile(join(folder, 'recipe.yaml'), 'utf8')).toBe(lists[0]!.file);
    expect(await readdir(join(folder, 'lists'))).toEqual([lists[0]!.file.slice('lists/'.length)]);
    expect(await columnsOf(join(folder, lists[0]!.file))).toEqual(['row_key BIGINT', 'copy INTEGER']);
  });

  it('says the same twice', async () => {
    const study = await small();
    const first = await writeCleaned(study, dropOnes, join(here.base, 'one'), here.run);
    expect(await writeCleaned(study, dropOnes, join(here.base, 'two'), here.run)).toEqual(first);
  });
});

const fullDisk = (): string => {
  throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
};

describe('a cleaning that cannot be written', () => {
  it('is refused where the folder exists, and leaves it alone', async () => {
    const folder = join(here.base, 'out');
    await mkdir(folder);
    await writeFile(join(folder, 'mine'), 'x');
    await expect(writeCleaned(await small(), dropOnes, folder, here.run)).rejects.toMatchObject({
      code: 'output-exists',
    });
    expect(await readdir(here.base)).toEqual(['out']);
    expect(await readdir(folder)).toEqual(['mine']);
  });

  it('is refused below a file', async () => {
    await writeFile(join(here.base, 'file'), 'x');
    const below = writeCleaned(await small(), dropOnes, join(here.base, 'file', 'out'), here.run);
    await expect(below).rejects.toMatchObject({ code: 'output-unwritable' });
    expect(await readdir(here.base)).toEqual(['file']);
  });

  // The superuser may write anywhere, so for it there is no such folder.
  it.skipIf(process.getuid?.() === 0)('is refused in a folder that takes nothing', async () => {
    await chmod(here.base, 0o500);
    const closed = writeCleaned(await small(), dropOnes, join(here.base, 'out'), here.run);
    await expect(closed).rejects.toMatchObject({ code: 'output-unwritable' });
    await chmod(here.base, 0o700);
  });

  it('leaves nothing behind when it is aborted', async () => {
    const abort = new AbortController();
    const stopped = createRun({ engine: here.engine, signal: abort.signal });
    const recipe = (): string => {
      abort.abort();
      return '';
    };
    const writing = writeCleaned(await small(), dropOnes, join(here.base, 'new', 'out'), stopped, { recipe });
    await expect(writing).rejects.toMatchObject({ code: 'interrupted' });
    expect(await readdir(here.base)).toEqual([]);
  });

  it('leaves nothing behind when something breaks halfway', async () => {
    const writing = writeCleaned(await small(), dropOnes, join(here.base, 'out'), here.run, { recipe: fullDisk });
    await expect(writing).rejects.toMatchObject({ code: 'disk-full' });
    expect(await readdir(here.base)).toEqual([]);
  });

  it('is refused for lists of another source, lists that name a row twice and values of another type', async () => {
    const study = await small();
    const write = (verb: Verb) => writeCleaned(study, plan(verb), join(here.base, 'out'), here.run);
    await here.engine.write(
      { sql: 'SELECT CAST(1 AS BIGINT) AS k, CAST(0 AS INTEGER) AS copy, CAST(1 AS FLOAT) AS value FROM range(2)' },
      { kind: 'table', name: 'twice' },
      here.run,
    );
    await here.engine.write(
      { sql: 'SELECT CAST(1 AS BIGINT) AS k, CAST(0 AS INTEGER) AS copy, CAST(1 AS FLOAT) AS value' },
      { kind: 'table', name: 'floats' },
      here.run,
    );
    const drop = (list: string, of: string) => write({ verb: 'drop-row', where: { keys: { list, of } } });
    await expect(drop('some_rows', 'other')).rejects.toThrow('belongs to another source');
    await expect(drop('twice', 'source')).rejects.toThrow('names a row twice');
    await expect(write({ verb: 'set-cell', column: 'x', list: { list: 'floats', of: 'source' } })).rejects.toThrow(
      'brings FLOAT',
    );
    expect(await readdir(here.base)).toEqual([]);
  });
});

describe('writeFault', () => {
  it('turns the faults of a file system into errors a user can act on', () => {
    const { signal } = new AbortController();
    const code = (name: string): string | undefined => {
      const fault = writeFault(Object.assign(new Error(name), { code: name }), '/out', signal);
      return fault instanceof AssayError ? fault.code : undefined;
    };
    expect(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EEXIST', 'ENOTEMPTY', 'EWHATEVER'].map(code)).toEqual([
      'disk-full',
      'disk-full',
      'output-unwritable',
      'output-unwritable',
      'output-exists',
      'output-exists',
      undefined,
    ]);
    expect(writeFault(new Error('x'), '/out', AbortSignal.abort())).toMatchObject({ code: 'interrupted' });
  });
});
