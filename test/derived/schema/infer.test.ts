import type { Engine } from '../../../src/core/engine.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import type { Schema } from '../../../src/derived/schema/schema.js';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRun } from '../../../src/core/run.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { checkSchema } from '../../../src/derived/schema/check.js';
import { inferSchema } from '../../../src/derived/schema/infer.js';
import { printSchema } from '../../../src/derived/schema/print.js';
import { parseSchema, schemaJsonSchema } from '../../../src/derived/schema/schema-file.js';
import { smallStudy, texts } from '../../analyzers/small-study.js';
import { eachText, eachValue, honestTable, withColumns } from './tables.js';

let engine: Engine;
let run: Run;
let study: Study;
let schema: Schema;
const roles = { label: 'click', time: 'at', user: 'user' } as const;

beforeAll(async () => {
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine });
  study = await smallStudy('honest', honestTable(1), roles, run);
  schema = await inferSchema(study, run);
});

afterAll(async () => {
  await run.close();
  await engine.close();
});

const columnOf = (name: string): Schema['columns'][number] => schema.columns.find((c) => c.name === name)!;

describe('an inferred schema', () => {
  it('says types, roles, presence, ranges, vocabulary, units and environments', () => {
    expect(columnOf('click')).toMatchObject({ role: 'label', environments: ['training'], range: [0, 1], presence: 1 });
    expect(columnOf('hour')).toMatchObject({ type: 'INTEGER', role: 'feature', range: [0, 23] });
    expect(columnOf('device')).toMatchObject({ values: ['desk', 'phone', 'tablet', 'tv'] });
    expect(columnOf('wait_ms')).toMatchObject({ unit: 'ms' });
    expect(columnOf('user').values).toBeUndefined();
    expect(columnOf('at').range).toBeUndefined();
    const { presence } = columnOf('score');
    expect(presence).toBeGreaterThan(0.87);
    expect(presence).toBeLessThan(0.9);
    expect(columnOf('price').range![0]).toBe(0);
  });

  it('comes back from its file as it was, and is the same again', async () => {
    const text = printSchema(schema);
    expect(parseSchema('schema.yaml', text)).toEqual(schema);
    expect(printSchema(await inferSchema(study, run))).toBe(text);
  });

  it('writes no value that looks personal', async () => {
    const mails = texts(
      'contact',
      Array.from({ length: 300 }, (_, i) => `person.${i % 9}@example.org`),
    );
    const own = await inferSchema(await smallStudy('mails', [mails], {}, run), run);
    expect(JSON.stringify(own)).not.toContain('person.');
    expect(own.columns[0]).toMatchObject({ seen: { shapes: [['a.9@a.a', 1]] } });
  });

  it('is kept by other samples of the same law', async () => {
    for (const seed of [2, 3, 4, 5, 6]) {
      const other = await smallStudy(`other_${seed}`, honestTable(seed), roles, run);
      const { missing, strange, types, changes, cells } = await checkSchema(schema, 'training', other, run);
      expect({ missing, strange, types, changes, cells }).toEqual({
        missing: [],
        strange: [],
        types: [],
        changes: [],
        cells: [],
      });
    }
  });

  it('is broken by what breaks its rules, and counts the cells', async () => {
    const damaged = withColumns(honestTable(7), {
      hour: (column) => ({
        ...column,
        values: Int32Array.from(column.values as Int32Array, (h, i) => (i < 40 ? 99 : h)),
      }),
      device: eachText((value) => (value === 'tv' ? 'fridge' : value)),
      price: eachValue((x) => x * 100),
    });
    const without = damaged.filter(({ name }) => name !== 'click');
    const found = await checkSchema(schema, 'training', await smallStudy('damaged', without, { time: 'at' }, run), run);
    expect(found.missing.map((c) => c.name)).toEqual(['click']);
    const cells = Object.fromEntries(found.cells.map(({ rule, cells: n }) => [rule.column.name, n]));
    expect(cells['hour']).toBe(40);
    expect(found.changes).toContainEqual(
      expect.objectContaining({ code: 'unit', column: 'price', args: { factor: 100 } }),
    );
    expect(found.changes).toContainEqual(expect.objectContaining({ code: 'values-renamed', column: 'device' }));
    // In serving there is no label, and nobody asks for one.
    const serving = await checkSchema(schema, 'serving', await smallStudy('served', without, { time: 'at' }, run), run);
    expect(serving.missing).toEqual([]);
  });
});

function file(column: string, more = ''): string {
  return `version: 1\ncolumns:\n  - ${column}\n${more}`;
}

describe('a schema file', () => {
  it.each([
    [
      'an unknown key',
      file('{ name: a, type: DOUBLE, rnge: [0, 1] }'),
      /^s\.yaml:3:\d+: unknown key "rnge", did you mean "range"\?/,
    ],
    [
      'an unknown type',
      file('{ name: a, type: DUBLE }'),
      /^s\.yaml:3:\d+: there is no type "DUBLE", did you mean "DOUBLE"\?/,
    ],
    [
      'an unknown environment',
      file('{ name: a, type: DOUBLE, environments: [traning] }'),
      /^s\.yaml:3:\d+: there is no environment "traning", did you mean "training"\?/,
    ],
    ['a presence above 1', file('{ name: a, type: DOUBLE, presence: 2 }'), /^s\.yaml:3:\d+: .*share from 0 to 1/],
    [
      'a range the wrong way round',
      file('{ name: a, type: DOUBLE, range: [2, 1] }'),
      /^s\.yaml:3:\d+: the range of "a" begins above/,
    ],
    [
      'a column named twice',
      file('{ name: a, type: DOUBLE }', '  - { name: A, type: DOUBLE }\n'),
      /^s\.yaml:4:\d+: "A" is named twice/,
    ],
    ['no columns', 'version: 1\ncolumns: []\n', /^s\.yaml:2:\d+: .*at least one column/],
    [
      'another version',
      'version: 3\ncolumns: [{ name: a, type: DOUBLE }]\n',
      /^s\.yaml:1:\d+: .*version 3 is not known/,
    ],
  ])('with %s is refused at its line', (_, text, message) => {
    expect(() => parseSchema('s.yaml', text)).toThrowError(message);
  });

  it('has a published schema', () => {
    const path = new URL('../../../src/derived/schema/schema.schema.json', import.meta.url);
    if (process.env['ASSAY_UPDATE'] === '1') writeFileSync(path, `${JSON.stringify(schemaJsonSchema(), null, 2)}\n`);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(schemaJsonSchema());
  });
});
