import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { assay, fixture, inFolder } from './assay.js';

const good = ['x,y,label', ...Array.from({ length: 400 }, (_, i) => `${i % 7},${i % 11},${i % 3 === 0 ? 1 : 0}`)];

/** Runs audit on a file of the given content and expects exit 3, one sentence, and no run left behind. */
async function refuses(
  content: string | Uint8Array,
  name: string,
  args: readonly string[],
  sentence: RegExp,
): Promise<void> {
  await inFolder(async (folder) => {
    await writeFile(path.join(folder, name), content);
    const ended = await assay(folder, ['audit', name, '--quiet', ...args]);
    expect(ended.err).toMatch(sentence);
    expect(ended.code).toBe(3);
    expect(ended.out).toBe('');
    expect(await runsIn(folder)).toEqual([]);
  });
}

async function runsIn(folder: string): Promise<readonly string[]> {
  return readdir(path.join(folder, '.assay', 'runs')).catch(() => []);
}

describe('bad input ends with exit 3, a clear sentence and nothing half-written', () => {
  it('a missing file', () =>
    inFolder(async (folder) => {
      const ended = await assay(folder, ['audit', 'absent.csv']);
      expect(ended).toMatchObject({ code: 3, out: '' });
      expect(ended.err).toContain('No file matches "absent.csv"');
    }));

  it('an unknown column, with a suggestion', () =>
    refuses(good.join('\n'), 'a.csv', ['--label', 'lable'], /no column "lable".*Did you mean "label"/));

  it('a label with three values', () =>
    refuses(good.join('\n'), 'a.csv', ['--label', 'x'], /label "x" has more than two values/));

  it('one class', () =>
    refuses(good.map((line) => line.replace(/,1$/, ',0')).join('\n'), 'a.csv', ['--label', 'label'], /one value only/));

  it('a truncated Parquet file', () =>
    refuses(Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(500, 7)]), 'a.parquet', [], /not a whole parquet file/i));

  it('ragged lines, 1% or more', () =>
    refuses([...good, '1,2', '3', '4,5,6,7', '1,2', '9'].join('\n'), 'a.csv', [], /malformed lines/));

  it('UTF-16 without --encoding', () =>
    refuses(Buffer.from(`\ufeff${good.join('\n')}`, 'utf16le'), 'a.csv', [], /not UTF-8.*--encoding/));

  it('Latin-1 without --encoding', () =>
    refuses(Buffer.from([...good, 'é,1,0'].join('\n'), 'latin1'), 'a.csv', [], /not UTF-8.*--encoding/));

  it('zero rows', () => refuses('x,y,label\n', 'a.csv', [], /holds no rows/));

  it('an unknown option value and an unknown defect', () =>
    inFolder(async (folder) => {
      await writeFile(path.join(folder, 'a.csv'), good.join('\n'));
      expect(await assay(folder, ['audit', 'a.csv', '--threads', 'many'])).toMatchObject({ code: 3, out: '' });
      const unknown = await assay(folder, ['audit', 'a.csv', '--only', 'lable-noise', '--quiet']);
      expect(unknown.code).toBe(3);
      expect(unknown.err).toContain('one of');
    }));

  it('a config file with an unknown role, named by line and column', () =>
    inFolder(async (folder) => {
      await writeFile(path.join(folder, 'a.csv'), good.join('\n'));
      await writeFile(path.join(folder, 'assay.yaml'), 'roles:\n  labl: x\n');
      const ended = await assay(folder, ['audit', 'a.csv', '--quiet']);
      expect(ended.code).toBe(3);
      expect(ended.err).toMatch(/assay\.yaml:\d+:\d+/);
    }));

  it('a read-only output folder', () =>
    inFolder(async (folder) => {
      await writeFile(path.join(folder, 'a.csv'), good.join('\n'));
      await mkdir(path.join(folder, 'locked'), { mode: 0o500 });
      const ended = await assay(folder, ['audit', 'a.csv', '--out', 'locked', '--quiet'], { powerless: true });
      expect(ended.code).toBe(3);
      expect(ended.err).toContain('Nothing can be written');
      expect(await readdir(path.join(folder, 'locked'))).toEqual([]);
    }));

  it('an output folder whose name is taken by a file', () =>
    inFolder(async (folder) => {
      await writeFile(path.join(folder, 'a.csv'), good.join('\n'));
      await writeFile(path.join(folder, 'taken'), 'kept');
      const ended = await assay(folder, ['audit', 'a.csv', '--out', 'taken', '--quiet']);
      expect(ended.code).toBe(3);
      expect(await readFile(path.join(folder, 'taken'), 'utf8')).toBe('kept');
    }));
});

describe('odd but good input', () => {
  it('counts ragged lines below 1% and sets them aside', () =>
    inFolder(async (folder) => {
      const many = [
        'x,y,label',
        ...Array.from({ length: 2000 }, (_, i) => `${i % 7},${i % 11},${i % 3 === 0 ? 1 : 0}`),
      ];
      await writeFile(path.join(folder, 'a.csv'), [...many, '1,2,3,4'].join('\n'));
      const ended = await assay(folder, ['audit', 'a.csv', '--format', 'json', '--quiet']);
      expect(ended.code).toBe(0);
      expect(JSON.parse(ended.out)).toMatchObject({ study: { files: [{ rows: 2000, rejected: 1 }] } });
    }));

  it('keeps names with quotes, newlines and markup, escaped everywhere', () =>
    inFolder(async (folder) => {
      const evil = '<script>alert("x")</script>';
      const header = ['"a ""quoted"" one"', '"two\nlines"', `"${evil.replaceAll('"', '""')}"`, 'label'].join(',');
      const rows = Array.from(
        { length: 400 },
        (_, i) => `${i % 7},${i % 5 === 0 ? '' : i % 9},"</style>${i % 4}",${i % 2}`,
      );
      await writeFile(path.join(folder, 'a.csv'), [header, ...rows].join('\n'));
      const ended = await assay(folder, ['audit', 'a.csv', '--format', 'json', '--quiet']);
      expect(ended.err).toBe('');
      expect(ended.code).toBe(0);
      const names = JSON.parse(ended.out).columns.map((column: { name: string }) => column.name);
      expect(names).toEqual(['a "quoted" one', 'two\nlines', evil, 'label']);
      const [run] = await runsIn(folder);
      const html = await readFile(path.join(folder, '.assay', 'runs', run!, 'report.html'), 'utf8');
      expect(html).not.toContain(evil);
      expect(html).toContain('&lt;script&gt;alert(');
    }));

  it('reads the real telco file with its Latin-1 twin by --encoding to the same numbers', () =>
    inFolder(async (folder) => {
      const text = gunzipSync(await readFile(fixture('real/telco-churn.csv.gz'))).toString('utf8');
      const renamed = text.replace('PaymentMethod', 'Paiement prévu');
      await writeFile(path.join(folder, 'u.csv'), renamed);
      await writeFile(path.join(folder, 'l.csv'), Buffer.from(renamed, 'latin1'));
      const args = ['--only', 'missing,duplicates', '--format', 'json', '--quiet'];
      const utf8 = JSON.parse((await assay(folder, ['audit', 'u.csv', ...args])).out);
      const latin1 = JSON.parse((await assay(folder, ['audit', 'l.csv', '--encoding', 'latin1', ...args])).out);
      expect(latin1.columns.map((c: { name: string }) => c.name)).toContain('Paiement prévu');
      expect(latin1.defects).toEqual(
        utf8.defects.map((d: object) => JSON.parse(JSON.stringify(d).replaceAll('u.csv', 'l.csv'))),
      );
    }));
});
