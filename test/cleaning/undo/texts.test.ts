import type { Verb } from '../../../src/core/plan.js';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workplace } from '../workplace.js';
import { writeCleaned } from '../../../src/cleaning/files/write.js';
import { undo } from '../../../src/cleaning/undo/undo.js';
import { expr, planOf } from '../../../src/core/plan.js';
import { openStudy } from '../../../src/dataset/open.js';

const here = workplace();

/** Cleans a text file and takes everything back into `out`; its content, and what the undo did. */
async function thereAndBack(name: string, content: string, out: string, ...verbs: readonly Verb[]) {
  await writeFile(join(here.base, name), content);
  const study = await openStudy(
    { train: join(here.base, name), time: 'at', cache: join(here.base, 'cache') },
    here.run,
  );
  const folder = join(here.base, 'cleaned');
  const manifest = await writeCleaned(study, planOf('test', 'test', ...verbs), folder, here.run);
  const done = await undo(folder, join(here.base, out), {}, here.run);
  return { manifest, done, text: await readFile(join(here.base, out), 'utf8') };
}

const set: Verb = {
  verb: 'set-cell',
  column: 'n',
  where: { rule: expr.cmp('=', expr.col('n'), expr.literal('BIGINT', '2')) },
  to: expr.literal('BIGINT', '7'),
};
const drop: Verb = {
  verb: 'drop-row',
  where: { rule: expr.cmp('=', expr.col('n'), expr.literal('BIGINT', '3')) },
};

/** The values of JSON lines. */
function parsed(lines: string): unknown[] {
  const whole = lines.trim().split('\n');
  return whole.map((line) => JSON.parse(line) as unknown);
}

const dropTwo: Verb = {
  verb: 'drop-row',
  where: { rule: expr.cmp('=', expr.col('n'), expr.literal('UBIGINT', '2')) },
};

describe('the texts of a CSV', () => {
  const csv = [
    'n,price,share,at,day,s,y',
    '1,1.50,3,2024-01-01T10:00:00Z,2024-01-01,01,0',
    ' 2 ,22.10,0.25,2024-01-01T10:00:00+02:00,2024-01-02,x,1',
    '3, ,1e3,2024-01-01T10:00:00Z,2024-01-03,,0',
    '4,-0.00,NaN,,2024-01-04,"",1',
    '5,7.5,4.0,2024-01-01T10:00:00Z, ,é,0',
    '',
  ].join('\n');

  it('come back cell for cell, also of rows that were dropped and cells that were set', async () => {
    const { manifest, done, text } = await thereAndBack('in.csv', csv, 'out.csv', set, drop, {
      verb: 'drop-column',
      column: 'price',
    });
    expect(text).toBe(csv);
    expect(manifest.source.columns.map((c) => c.type)).toEqual([
      'BIGINT',
      'DOUBLE',
      'DOUBLE',
      'TIMESTAMPTZ',
      'DATE',
      'VARCHAR',
      'BIGINT',
    ]);
    // Only what is not printed back is in the log: ` 2 `, the blank and 7.5, 1e3 with NaN and 4.0, one zone, one day.
    expect(manifest.counts.steps).toEqual({ 0: 8, 1: 1, 2: 1 });
    expect(done.entries).toBe(manifest.counts.changes);
    expect(done.says.join(' ')).toContain('cell text for cell text');
  });

  it('are no values: a Parquet file holds those', async () => {
    await thereAndBack('in.csv', csv, 'out.csv', set);
    const done = await undo(join(here.base, 'cleaned'), join(here.base, 'out.parquet'), {}, here.run);
    expect(done.entries).toBe(1);
    const { relation } = await here.engine.attach(
      { files: [join(here.base, 'out.parquet')], format: 'parquet', cache: here.base },
      here.run,
    );
    expect(relation.columns.map((c) => c.type)).toEqual([
      'BIGINT',
      'DOUBLE',
      'DOUBLE',
      'TIMESTAMPTZ',
      'DATE',
      'VARCHAR',
      'BIGINT',
    ]);
  });

  it('come back where a test file made a column wider', async () => {
    await writeFile(join(here.base, 'in.csv'), 'n,y\n1,0\n 2,1\n');
    await writeFile(join(here.base, 'test.csv'), 'n,y\n1.5,0\n2,1\n');
    const study = await openStudy(
      { train: join(here.base, 'in.csv'), test: join(here.base, 'test.csv'), cache: join(here.base, 'cache') },
      here.run,
    );
    expect(study.whole.columns[0]!.type).toBe('DOUBLE');
    await writeCleaned(study, planOf('test', 'test'), join(here.base, 'cleaned'), here.run);
    await undo(join(here.base, 'cleaned'), join(here.base, 'out.csv'), {}, here.run);
    expect(await readFile(join(here.base, 'out.csv'), 'utf8')).toBe('n,y\n1,0\n 2,1\n');
  });

  it('stay as they were read when only a part is undone', async () => {
    await thereAndBack('in.csv', csv, 'out.csv', set, drop);
    const done = await undo(join(here.base, 'cleaned'), join(here.base, 'part.csv'), { key: '0:1' }, here.run);
    expect(done.entries).toBe(1);
    expect(await readFile(join(here.base, 'part.csv'), 'utf8')).toContain('\n2,22.1,0.25,');
  });
});

describe('the values of a JSONL', () => {
  it('come back as JSON, and moments as they were written', async () => {
    const lines = [
      '{"n":1,"x":1.5,"at":"2024-01-01T10:00:00Z","list":[1,2.5],"deep":{"a":[1]},"s":"01","y":0}',
      '{"n":2,"x":2,"at":"2024-01-02 10:00:00+02","list":null,"deep":{"a":[]},"s":null,"y":1}',
      '',
    ].join('\n');
    const { text } = await thereAndBack('in.jsonl', lines, 'out.jsonl', dropTwo);
    expect(parsed(text)).toEqual(parsed(lines));
  });
});
