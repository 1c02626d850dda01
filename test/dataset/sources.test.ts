import type { Source } from '../../src/core/engine.js';
import type { OpenOptions } from '../../src/dataset/open.js';
import type { AssayError } from '../../src/core/errors.js';
import type { Engine } from '../../src/core/engine.js';
import type { Relation } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  Field,
  FixedSizeList,
  Float32,
  Float64,
  List,
  Table,
  tableFromArrays,
  tableToIPC,
  vectorFromArray,
} from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRun } from '../../src/core/run.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { openStudy } from '../../src/dataset/open.js';

let engine: Engine;
let run: Run;
let folder: string;

beforeAll(async () => {
  engine = await createDuckDb({ threads: 2, memory: '1GB' });
  run = createRun({ engine });
  folder = await mkdtemp(join(tmpdir(), 'assay-test-'));
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true });
});

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

function open(train: string, more: Partial<OpenOptions> = {}): ReturnType<typeof openStudy> {
  return openStudy({ train, cache: join(folder, 'cache'), ...more }, run);
}

async function rowsOf(relation: Relation): Promise<unknown[][]> {
  const ids = relation.columns.map((c) => c.id);
  const rows = await engine.rows({ sql: `SELECT k, ${ids.join(', ')} FROM ${relation.name}` }, 100_000, run);
  return rows.map((r) => [r['k'], ...ids.map((id) => r[id])]);
}

const header = (relation: Relation): string[] => relation.columns.map((c) => `${c.name}:${c.type}`);
const file1 = 1n << 40n;

describe('text files', () => {
  const csv = 'a,b,c\n1,x,0.5\n2,,-0.0\n3,"",1e3\n4," y ""q""\nz",\n';
  const expected = [
    [0n, 1n, 'x', 0.5],
    [1n, 2n, null, -0],
    [2n, 3n, '', 1000],
    [3n, 4n, ' y "q"\nz', null],
  ];
  const columns = ['a:BIGINT', 'b:VARCHAR', 'c:DOUBLE'];

  it('reads CSV, with null apart from the empty text', async () => {
    const { whole } = await open(await file('plain.csv', csv));
    expect(header(whole)).toEqual(columns);
    expect(await rowsOf(whole)).toEqual(expected);
  });

  it('reads gzip and zstd', async () => {
    const gz = await open(await file('packed.csv.gz', gzipSync(csv)));
    expect(await rowsOf(gz.whole)).toEqual(expected);
    // The engine writes zstd, which Node 20 cannot.
    const path = join(folder, 'packed.jsonl.zst');
    const sql = `COPY (SELECT 7 AS a, 'ü' AS b) TO '${path}' (FORMAT json, COMPRESSION zstd)`;
    await engine.rows({ sql }, 1, run);
    const zst = await open(path);
    expect(await rowsOf(zst.whole)).toEqual([[0n, 7n, 'ü']]);
    const csvPath = join(folder, 'packed.csv.zst');
    await engine.rows({ sql: `COPY (SELECT 7 AS a, 'ü' AS b) TO '${csvPath}' (FORMAT csv, COMPRESSION zstd)` }, 1, run);
    expect(await rowsOf((await open(csvPath)).whole)).toEqual([[0n, 7n, 'ü']]);
  });

  it('reads a byte order mark, CRLF, semicolons and a missing last line break', async () => {
    const { whole } = await open(await file('odd.csv', '\uFEFFa;b;c\r\n1;x,y;0,5\r\n2;"p;q";'));
    expect(header(whole)).toEqual(['a:BIGINT', 'b:VARCHAR', 'c:VARCHAR']);
    expect(await rowsOf(whole)).toEqual([
      [0n, 1n, 'x,y', '0,5'],
      [1n, 2n, 'p;q', null],
    ]);
  });

  it('reads a file with both kinds of line breaks, and leaves those inside quotes alone', async () => {
    const { whole } = await open(await file('mixed.csv', 'a,b,c\r\n1,"x\r\ny",2\n3,"z\nz",4\r\n5,"",\r\n'));
    expect(await rowsOf(whole)).toEqual([
      [0n, 1n, 'x\r\ny', 2n],
      [1n, 3n, 'z\nz', 4n],
      [2n, 5n, '', null],
    ]);
    const lines = await open(await file('mixed.jsonl', '{"a":1}\r\n{"a":2}\n{"a":3}\r\n'));
    expect(await rowsOf(lines.whole)).toEqual([
      [0n, 1n],
      [1n, 2n],
      [2n, 3n],
    ]);
  });

  it('reads TSV without a header', async () => {
    const { whole } = await open(await file('bare.tsv.gz', gzipSync('1\t0.5\tx\n0\t0.25\ty\n')));
    expect(header(whole)).toEqual(['column0:BIGINT', 'column1:DOUBLE', 'column2:VARCHAR']);
    expect(whole.rows).toBe(2);
    const kept = await open(await file('years.csv', '2019,2020\n1,2\n'), { header: true });
    expect(header(kept.whole)).toEqual(['2019:BIGINT', '2020:BIGINT']);
  });

  it('reads JSON lines', async () => {
    const lines = [
      '{"a":1,"b":"x","t":"2026-01-02 03:04:05","l":[1,2.5],"o":{"p":1},"m":1,"n":null,"u/~\\"x":true}',
      '',
      '{"a":2.5,"b":"2026-01-01","t":"2026-01-02 03:04:06","l":[],"m":"x"}',
      '{"t":null,"big":18446744073709551615}',
    ];
    const { whole } = await open(await file('lines.jsonl', lines.join('\n')));
    expect(header(whole)).toEqual([
      'a:DOUBLE',
      'b:VARCHAR',
      't:TIMESTAMP',
      'l:DOUBLE[]',
      'o:VARCHAR',
      'm:VARCHAR',
      'n:VARCHAR',
      'u/~"x:BOOLEAN',
      'big:UBIGINT',
    ]);
    expect(await rowsOf(whole)).toEqual([
      [0n, 1, 'x', '2026-01-02 03:04:05', [1, 2.5], '{"p":1}', '1', null, true, null],
      [1n, 2.5, '2026-01-01', '2026-01-02 03:04:06', [], null, 'x', null, null, null],
      [2n, null, null, null, null, null, null, null, null, 2n ** 64n - 1n],
    ]);
  });

  it('names every column', async () => {
    const { whole } = await open(await file('names.csv', ',a,a,a_2,"<script>""\n\'x",column0\n1,2,3,4,5,6\n'));
    expect(whole.columns.map((c) => c.name)).toEqual(['column0_2', 'a', 'a_3', 'a_2', '<script>"\n\'x', 'column0']);
    expect(whole.columns.map((c) => c.id)).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'c5']);
    expect(await rowsOf(whole)).toEqual([[0n, 1n, 2n, 3n, 4n, 5n, 6n]]);
  });
});

async function typeOf(name: string, cells: readonly string[]): Promise<string> {
  const { whole } = await open(await file(`types/${name}.csv`, `x,y\n${cells.map((c) => `${c},1`).join('\n')}\n`), {
    header: true,
  });
  const { type, blanks } = whole.columns[0]!;
  return blanks === undefined ? type : `${type} with ${blanks} blanks`;
}

describe('types of text columns', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['integers', 'BIGINT', ['1', '-5', '', '9223372036854775807']],
    ['integers-wide', 'VARCHAR', ['1', '9223372036854775808']],
    ['integers-spaced', 'BIGINT', [' 1', '2 ']],
    ['postcodes', 'VARCHAR', ['01067', '80331']],
    ['decimals', 'DOUBLE', ['1', '1.50', '-.5', '3.', '1e-7', 'NaN', '-inf']],
    ['long-ids-among-decimals', 'VARCHAR', ['1.5', '1234567890123456789']],
    ['booleans', 'BOOLEAN', ['true', 'false']],
    ['booleans-of-python', 'VARCHAR', ['True', 'False']],
    ['dates', 'DATE', ['2026-01-31', '1999-12-01']],
    ['no-date', 'VARCHAR', ['2026-01-31', '2026-02-30']],
    ['timestamps', 'TIMESTAMP', ['2026-01-31 00:00:00', '2026-01-31T10:00:00.123456', '2026-02-01']],
    ['zoned', 'TIMESTAMPTZ', ['2026-01-31 00:00:00+00:00', '2026-01-31T10:00:00Z']],
    ['underscores', 'VARCHAR', ['1_000', '2']],
    ['hex', 'VARCHAR', ['0x1F', '2']],
    ['blank-among-numbers', 'DOUBLE with 2 blanks', ['1.5', ' ', '""']],
    ['blank-among-texts', 'VARCHAR', ['x', ' ']],
    ['only-blanks', 'VARCHAR', [' ', '']],
    ['no-values', 'VARCHAR', ['', '']],
    ['marker', 'VARCHAR', ['1', 'N/A', '2']],
  ];
  it.each(cases)('%s: %s', async (name, type, cells) => {
    expect(await typeOf(name, cells)).toBe(type);
  });

  it('looks at every cell', async () => {
    const cells = Array.from({ length: 30_000 }, (_, i) => String(i));
    expect(await typeOf('late-fraction', [...cells, '0.5'])).toBe('DOUBLE');
    expect(await typeOf('late-text', [...cells, 'x'])).toBe('VARCHAR');
    expect(await typeOf('late-blank', [...cells, ' '])).toBe('BIGINT with 1 blanks');
  });

  it('reads blanks of a numeric column as null', async () => {
    const { whole } = await open(await file('types/blank.csv', 'x,y\n1,a\n ,b\n'));
    expect(await rowsOf(whole)).toEqual([
      [0n, 1n, 'a'],
      [1n, null, 'b'],
    ]);
  });
});

describe('columnar files', () => {
  it('reads Parquet where it lies', async () => {
    const path = join(folder, 'one.parquet');
    const sql = `SELECT i AS "odd ""name", CAST(i AS FLOAT) AS f, CAST('a' AS ENUM('a', 'b')) AS e FROM (VALUES (1), (2)) AS t(i)`;
    await engine.write({ sql }, { kind: 'parquet', path }, run);
    const { whole } = await open(path);
    expect(header(whole)).toEqual(['odd "name:INTEGER', 'f:FLOAT', 'e:VARCHAR']);
    expect(await rowsOf(whole)).toEqual([
      [0n, 1, 1, 'a'],
      [1n, 2, 2, 'a'],
    ]);
  });

  it('keeps keys where user columns have the names of the reader', async () => {
    const path = join(folder, 'shadow.parquet');
    const sql = `SELECT i AS file_row_number, 7 AS k, 'x' AS file_index, 1 AS part FROM (VALUES (5), (6)) AS t(i)`;
    await engine.write({ sql }, { kind: 'parquet', path }, run);
    const { whole } = await open(path);
    expect(await rowsOf(whole)).toEqual([
      [0n, 5, 7, 'x', 1],
      [1n, 6, 7, 'x', 1],
    ]);
  });

  it('reads vectors of Arrow files as lists, NaN, nulls and the sign of zero included', async () => {
    const fixed = new FixedSizeList(2, new Field('item', new Float32(), true));
    const free = new List(new Field('item', new Float64(), true));
    const table = new Table({
      fixed: vectorFromArray([[0.1, Number.NaN], null, [-0, Infinity]], fixed),
      free: vectorFromArray([[1.5], [], [0.1, null, 2]], free),
    });
    const { whole } = await open(await file('vectors.arrow', tableToIPC(table, 'file')));
    expect(whole.columns.map(({ type }) => type)).toEqual(['FLOAT[]', 'DOUBLE[]']);
    const sql = `SELECT CAST(c0 AS VARCHAR) AS a, CAST(c1 AS VARCHAR) AS b, c0[1] = CAST('0.1' AS FLOAT) AS exact FROM ${whole.name} ORDER BY k`;
    expect(await engine.rows({ sql }, 3, run)).toMatchObject([
      { a: '[0.1, nan]', b: '[1.5]', exact: true },
      { a: null, b: '[]' },
      { a: '[-0.0, inf]', b: '[0.1, NULL, 2.0]' },
    ]);
  });

  it('reads Arrow files and streams', async () => {
    const table = tableFromArrays({
      i: Int32Array.of(1, -2, 3),
      d: Float64Array.of(-0, 0.5, NaN),
      b: BigInt64Array.of(2n ** 63n - 1n, 0n, -1n),
      s: ['x', null, 'a longer text than twelve'],
      t: [new Date(1500), new Date(0), null],
    });
    for (const kind of ['file', 'stream'] as const) {
      const { whole } = await open(await file(`table-${kind}.arrow`, tableToIPC(table, kind)));
      expect(whole.columns.map((c) => c.name)).toEqual(['i', 'd', 'b', 's', 't']);
      const rows = await rowsOf(whole);
      expect(rows.map((r) => r.slice(0, 5))).toEqual([
        [0n, 1, -0, 2n ** 63n - 1n, 'x'],
        [1n, -2, 0.5, 0n, null],
        [2n, 3, NaN, -1n, 'a longer text than twelve'],
      ]);
      expect(Object.is(rows[0]![2], -0)).toBe(true);
      expect(String(rows[0]![5])).toContain('1970-01-01');
      expect(rows[2]![5]).toBe(null);
    }
  });
});

describe('several files', () => {
  it('sorts the files of a glob and a folder and numbers their rows', async () => {
    await file('days/2.csv', 'a,b\n3,z\n');
    await file('days/10.csv', 'b,a\nx,1\ny,2\n');
    await file('days/_SUCCESS', '');
    await file('days/.hidden.csv', 'broken');
    for (const path of ['days', 'days/*.csv']) {
      const { whole, files } = await open(join(folder, path));
      expect(files.map((f) => `${f.name} ${f.rows}`)).toEqual(['10.csv 2', '2.csv 1']);
      expect(header(whole)).toEqual(['b:VARCHAR', 'a:BIGINT']);
      expect(await rowsOf(whole)).toEqual([
        [0n, 'x', 1n],
        [1n, 'y', 2n],
        [file1, 'z', 3n],
      ]);
    }
  });

  it('reads folders named key=value', async () => {
    await file('hive/day=2026-01-02/part.csv', 'a\n2\n');
    await file('hive/day=2026-01-01/part.csv', 'a\n1\n');
    const { whole } = await open(join(folder, 'hive'));
    expect(header(whole)).toEqual(['a:BIGINT', 'day:DATE']);
    expect(await rowsOf(whole)).toEqual([
      [0n, 1n, '2026-01-01'],
      [file1, 2n, '2026-01-02'],
    ]);
  });

  it('gives test and reference files the ids, the common types and keys of their own', async () => {
    const train = await file('trio/train.csv', 'x,z,label\n1,a,0\n2,b,1\n');
    const test = await file('trio/test.csv', 'label,z,x,extra\n1,a,1.5,9\n0,7,2,9\n');
    const reference = await file('trio/reference.csv', 'z\n3\n4\n');
    const study = await open(train, { test, reference });
    expect(header(study.whole)).toEqual(['x:DOUBLE', 'z:VARCHAR', 'label:BIGINT']);
    expect(study.test!.columns).toEqual(study.whole.columns);
    expect(await rowsOf(study.test!)).toEqual([
      [file1, 1.5, 'a', 1n],
      [file1 + 1n, 2, '7', 0n],
    ]);
    expect(study.reference!.columns).toEqual([study.whole.columns[1]]);
    expect(await rowsOf(study.reference!)).toEqual([
      [2n * file1, '3'],
      [2n * file1 + 1n, '4'],
    ]);
    expect(study.files.map((f) => `${f.role} ${f.name} ${f.rows}`)).toEqual([
      'train train.csv 2',
      'test test.csv 2',
      'reference reference.csv 2',
    ]);
  });

  it('keeps the order of rows with two threads', async () => {
    const n = 300_000;
    const text = Array.from({ length: n }, (_, i) => `${i},${'x'.repeat(i % 50)}`).join('\n');
    const { whole } = await open(await file('long.csv', `i,pad\n${text}\n`));
    const [row] = await engine.rows(
      { sql: `SELECT count(*) AS n, bool_and(k = c0) AS ordered FROM ${whole.name}` },
      1,
      run,
    );
    expect(row).toEqual({ n: BigInt(n), ordered: true });
    let next = 0n;
    for await (const batch of engine.batches({ sql: `SELECT k FROM ${whole.name}` }, run)) {
      for (const k of batch.columns[0]!.values as BigInt64Array)
        if (k !== next++) throw new Error(`${k} is out of order`);
    }
  });
});

describe('malformed lines', () => {
  const good = Array.from({ length: 400 }, (_, i) => `${i},"v ${i}"`);

  it('sets a few aside with line number and reason', async () => {
    const lines = ['a,b', ...good.slice(0, 100), '1,2,3', ...good.slice(100, 200), '7', ...good.slice(200)];
    const path = await file('ragged/few.csv', `${lines.join('\n')}\n`);
    const attached = await engine.attach({ files: [path], format: 'csv', cache: join(folder, 'cache') }, run);
    expect(attached.relation.rows).toBe(400);
    expect(attached.rejects).toMatchObject({ rows: 2, byFile: [2] });
    const kept = (await readFile(attached.rejects!.path, 'utf8')).split('\n');
    expect(kept[0]).toBe('file,line,reason,text');
    expect(kept[1]).toMatch(/^"few.csv",102,"too many columns.*","1,2,3"$/);
    expect(kept[2]).toMatch(/^"few.csv",203,"missing columns.*","7"$/);
    const study = await open(path);
    expect(study.files[0]).toMatchObject({ rows: 400, rejected: 2 });
  });

  it('gives the line as editors count it, also after quoted line breaks', async () => {
    const lines = ['a,b', '1,"x\ny\nz"', ...good, 'bad'];
    const path = await file('ragged/quoted.csv', `${lines.join('\n')}\n`);
    const { rejects } = await engine.attach({ files: [path], format: 'csv', cache: join(folder, 'cache') }, run);
    expect((await readFile(rejects!.path, 'utf8')).split('\n')[1]).toMatch(/^"quoted.csv",405,/);
  });

  it('sets lines aside that are no JSON object', async () => {
    const lines = good.map((_, i) => `{"a":${i}}`);
    const path = await file('ragged/few.jsonl', [...lines, '{"a":', '[1]', ...lines].join('\n'));
    const { rejects, relation } = await engine.attach(
      { files: [path], format: 'jsonl', cache: join(folder, 'cache') },
      run,
    );
    expect(relation.rows).toBe(800);
    expect((await readFile(rejects!.path, 'utf8')).split('\n').slice(1, 3)).toEqual([
      '"few.jsonl",401,"not a JSON object","{""a"":"',
      '"few.jsonl",402,"not a JSON object","[1]"',
    ]);
  });

  it('refuses a file with one in a hundred or more', async () => {
    const path = await file('ragged/many.csv', `a,b\n${good.slice(0, 99).join('\n')}\n1,2,3\n`);
    await expect(open(path)).rejects.toMatchObject({ code: 'too-many-rejects', args: { rejected: 1, rows: 99 } });
    await expect(open(path)).rejects.toThrow('line 101');
  });
});

describe('encodings', () => {
  const text = 'name,n\nJosé,1\nZoë,2\n';
  const latin = Buffer.from(text, 'latin1');
  const wide = Buffer.from(text, 'utf16le');
  const rows = [
    [0n, 'José', 1n],
    [1n, 'Zoë', 2n],
  ];

  it.each([
    ['latin.csv', latin, 'latin-1'],
    ['wide.csv', wide, 'utf-16le'],
    ['wide-marked.csv', Buffer.concat([Buffer.of(0xff, 0xfe), wide]), 'utf-16le'],
    ['wide-be.csv', Buffer.concat([Buffer.of(0xfe, 0xff), Buffer.from(wide).swap16()]), 'utf-16be'],
    ['latin.csv.gz', gzipSync(latin), 'latin-1'],
    ['latin.jsonl', Buffer.from('{"name":"José","n":1}\n{"name":"Zoë","n":2}\n', 'latin1'), 'latin-1'],
  ])('%s is refused by name and read when named', async (name, bytes, encoding) => {
    const path = await file(`encodings/${name}`, bytes);
    await expect(open(path)).rejects.toMatchObject({ code: 'encoding-wrong', args: { found: encoding } });
    const { whole } = await open(path, { encoding });
    expect(await rowsOf(whole)).toEqual(rows);
  });

  it('refuses an encoding that does not exist, and bytes that are not of the one named', async () => {
    const path = await file('encodings/some.csv', latin);
    await expect(open(path, { encoding: 'klingon' })).rejects.toMatchObject({ code: 'option-invalid' });
    await expect(open(path, { encoding: 'shift_jis' })).rejects.toMatchObject({ code: 'file-unreadable' });
  });
});

describe('files that are none', () => {
  it('says what is wrong, and leaves nothing behind', async () => {
    const parquet = join(folder, 'whole.parquet');
    await engine.write(
      { sql: 'SELECT * FROM (SELECT hash(i) AS h FROM range(10000) AS t(i))' },
      { kind: 'parquet', path: parquet },
      run,
    );
    const bytes = await readFile(parquet);
    const arrow = tableToIPC(tableFromArrays({ i: Int32Array.of(1, 2, 3) }), 'file');
    const empty = join(folder, 'empty.parquet');
    await engine.write({ sql: 'SELECT 1 AS a WHERE false' }, { kind: 'parquet', path: empty }, run);
    const cases: readonly (readonly [string, string])[] = [
      [join(folder, 'nowhere.csv'), 'file-not-found'],
      [join(folder, 'nowhere/*.csv'), 'file-not-found'],
      [await file('notes.txt', 'x'), 'format-unknown'],
      [await file('cut.parquet', bytes.subarray(0, bytes.length - 100)), 'file-damaged'],
      [await file('garbled.parquet', Buffer.from(bytes).fill(7, bytes.length - 150, bytes.length - 8)), 'file-damaged'],
      [await file('pages.parquet', Buffer.from(bytes).fill(7, 10, 1000)), 'file-damaged'],
      [await file('tiny.parquet', 'x'), 'file-damaged'],
      [await file('cut.arrow', arrow.subarray(0, 200)), 'file-damaged'],
      [await file('cut.csv.gz', gzipSync('a,b\n1,2\n'.repeat(9999)).subarray(0, 60)), 'file-damaged'],
      [await file('none.csv.gz', 'not gzip'), 'file-damaged'],
      [empty, 'file-empty'],
      [await file('empty.csv', ''), 'file-empty'],
      [await file('header.csv', 'a,b\n'), 'file-empty'],
      [await file('empty.jsonl', '\n'), 'file-empty'],
    ];
    const codes: string[] = [];
    for (const [path] of cases)
      codes.push(
        await open(path).then(
          () => `${path} opened`,
          (error: AssayError) => error.code,
        ),
      );
    expect(codes).toEqual(cases.map(([, code]) => code));
    expect((await readdir(join(folder, 'cache'))).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

describe('converted copies', () => {
  it('are made once for the same bytes, whatever the path, and anew for others', async () => {
    const cache = join(folder, 'own-cache');
    const attach = (path: string): ReturnType<Engine['attach']> =>
      engine.attach({ files: [path], format: 'csv', cache } satisfies Source, run);
    const first = await attach(await file('copy/a.csv', 'x\n1\n'));
    const same = await attach(await file('copy/b.csv', 'x\n1\n'));
    expect(same.relation.hash).toBe(first.relation.hash);
    expect(await readdir(cache)).toHaveLength(1);
    const other = await attach(await file('copy/b.csv', 'x\n2\n'));
    expect(other.relation.hash).not.toBe(first.relation.hash);
    expect(await readdir(cache)).toHaveLength(2);
  });

  it('are not left half made when stopped', async () => {
    const cache = join(folder, 'stopped-cache');
    const path = await file('stopped.csv', `x\n${'1.25\n'.repeat(400_000)}`);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 30);
    const call = { id: 'stop', signal: abort.signal };
    await expect(engine.attach({ files: [path], format: 'csv', cache }, call)).rejects.toMatchObject({
      code: 'interrupted',
    });
    expect(await readdir(cache).catch(() => [])).toEqual([]);
  });

  it('says where nothing can be written', async () => {
    const path = await file('unwritable.csv', 'x\n1\n');
    const cache = join(path, 'below-a-file');
    await expect(engine.attach({ files: [path], format: 'csv', cache }, run)).rejects.toMatchObject({
      code: 'output-unwritable',
    });
  });
});
