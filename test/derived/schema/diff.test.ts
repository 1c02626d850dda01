import type { Engine, PutColumn } from '../../../src/core/engine.js';
import type { Run } from '../../../src/core/run.js';
import type { Schema } from '../../../src/derived/schema/schema.js';
import type { SchemaDiff } from '../../../src/derived/schema/diff/change.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRun } from '../../../src/core/run.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { diffSchemas } from '../../../src/derived/schema/diff/diff.js';
import { inferSchema } from '../../../src/derived/schema/infer.js';
import { drawsOf } from '../../analyzers/in-engine.js';
import { numbers, smallStudy, texts } from '../../analyzers/small-study.js';
import { eachText, eachValue, honestTable, named, withColumns } from './tables.js';

let engine: Engine;
let run: Run;
let old: Schema;

beforeAll(async () => {
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine });
  old = await schemaOf(honestTable(1));
});

afterAll(async () => {
  await run.close();
  await engine.close();
});

let tables = 0;
async function schemaOf(columns: readonly PutColumn[]): Promise<Schema> {
  const label = columns.some((c) => c.name === 'click') ? { label: 'click' } : {};
  return inferSchema(await smallStudy(`diffed_${tables++}`, columns, { ...label, time: 'at', user: 'user' }, run), run);
}

async function diff(columns: readonly PutColumn[]): Promise<SchemaDiff> {
  return diffSchemas(old, await schemaOf(columns));
}

const said = ({ changes }: SchemaDiff): readonly string[] =>
  changes.map(({ code, column, to }) => [code, column, ...(to === undefined ? [] : [to])].join(' ')).sort();

/** Two more columns of one law. */
function twins(a: string, b: string, seed: number): readonly PutColumn[] {
  const more = [a, b].map((name, i) => named(name)(honestTable(seed + 10 + i).find((c) => c.name === 'price')!));
  return [...honestTable(seed), ...more];
}

/** Two spellings of one shop; then one of them is written as the other, or anew. */
function shops(seed: number, written: string): Promise<Schema> {
  const of = eachText((v) => (v === 'phone' ? 'EL VALOR' : v === 'tv' ? written : v));
  return schemaOf(withColumns(honestTable(seed), { device: of }));
}

function flags(seed: number, name: string, isPartly: boolean): Promise<Schema> {
  const [flag, empty] = [drawsOf(seed, 4000)('flag'), drawsOf(seed, 4000)('empty')];
  const values = flag.map((u, i) => (isPartly && empty[i]! < 0.8 ? null : u < 0.72 + 0.06 * seed ? 'Yes' : 'No'));
  return schemaOf([...honestTable(seed), texts(name, values)]);
}

/** What is said of a flag that has another name in the second table. */
async function renamedFlag(isPartly: boolean): Promise<readonly string[]> {
  const found = diffSchemas(await flags(1, 'cc_fund', isPartly), await flags(2, 'zzz', isPartly));
  return found.changes.map(({ code }) => code);
}

describe('a diff of two versions', () => {
  it('is silent on two samples of one law', async () => {
    for (const seed of [2, 3, 4, 5])
      expect(await diff(honestTable(seed))).toMatchObject({ verdict: 'same', changes: [] });
  });

  it('reads renames, a unit, swapped columns and merged values at once, and how to undo them', async () => {
    const found = await diff(
      withColumns(honestTable(2), {
        price: named('amount'),
        wait_ms: (c) => named('wait_s')(eachValue((x) => x / 1000)(c)),
        score: named('hour'),
        hour: named('score'),
        device: eachText((v) => (v === 'tablet' || v === 'tv' ? 'other' : v)),
      }),
    );
    expect(said(found)).toEqual([
      'renamed price amount',
      'renamed wait_ms wait_s',
      'swapped hour score',
      'swapped score hour',
      'unit wait_ms wait_s',
      'values-merged device',
    ]);
    expect(found.verdict).toBe('migratable');
    expect(found.plan?.steps.map((s) => s.verb)).toEqual([
      'map-column',
      'map-column',
      'rename-column',
      'rename-column',
      'rename-column',
      'rename-column',
      'rename-column',
      'rename-column',
    ]);
  });

  it.each([
    ['seconds', 1e9 * 1.7, 's', 1000],
    ['milliseconds', 1e12 * 1.7, 'ms', 1000],
  ])('tells moments in %s from a thousandth of them by their size', async (_, start, __, factor) => {
    const moments = (seed: number, by: number): readonly PutColumn[] => [
      ...honestTable(seed).filter((c) => c.name !== 'at'),
      numbers(
        'event_time',
        Array.from({ length: 4000 }, (___, i) =>
          Math.round(start * by + i * by * 60 * (start / 1.7e9) + seed * 1e6 * by),
        ),
      ),
    ];
    const found = diffSchemas(await schemaOf(moments(1, 1)), await schemaOf(moments(2, factor)));
    expect(found.changes).toMatchObject([{ code: 'unit', column: 'event_time', args: { factor } }]);
  });

  it('takes an old spelling for the heir of a value only where its share grew by as much', async () => {
    const before = await shops(1, 'El Valor');
    const readings = async (written: string): Promise<readonly unknown[]> =>
      diffSchemas(before, await shops(2, written)).changes.map(({ code, args }) => [code, args?.['values']]);
    expect(await readings('EL VALOR')).toEqual([['values-merged', [['El Valor', 'EL VALOR']]]]);
    expect(await readings('written anew')).toEqual([['values-renamed', [['El Valor', 'written anew']]]]);
  });

  it('knows a flag that is empty in part of the rows again, and asks of one that is not', async () => {
    expect(await renamedFlag(true)).toEqual(['renamed']);
    expect(await renamedFlag(false)).toEqual(['perhaps-renamed', 'removed', 'added']);
  });

  it('does not choose between two columns of one law', async () => {
    const found = diffSchemas(await schemaOf(twins('left', 'right', 1)), await schemaOf(twins('xxxx', 'yyyyy', 2)));
    expect(found.changes.some((c) => c.code === 'renamed')).toBe(false);
    expect(found.verdict).toBe('breaking');
  });

  it('takes a rename somebody knows', async () => {
    const flags = withColumns(honestTable(2), { score: (c) => named('zz')(eachValue(() => 1)(c)) });
    const other = await schemaOf(flags);
    expect(diffSchemas(old, other).changes.some((c) => c.code === 'renamed')).toBe(false);
    const found = diffSchemas(old, other, { renames: { score: 'zz' } });
    expect(found.changes).toContainEqual(
      expect.objectContaining({ code: 'renamed', column: 'score', to: 'zz', confidence: 1 }),
    );
  });

  it('refuses what cannot be made, with the reason', async () => {
    const added = [...honestTable(2), named('margin')(honestTable(3).find((c) => c.name === 'score')!)];
    const found = await diff(added);
    expect(found).toMatchObject({ verdict: 'breaking', plan: null });
    expect(found.changes).toMatchObject([{ code: 'added', column: 'margin' }]);
    expect(found.changes[0]?.refused).toMatch(/"margin" is new and must hold a value .* give it a fill/);
    // The same column may be filled, or empty.
    const schema = await schemaOf(added);
    const eased = schema.columns.map((c) => (c.name === 'margin' ? { ...c, fill: '0' } : c));
    const filled = diffSchemas(old, { ...schema, columns: eased });
    expect(filled).toMatchObject({
      verdict: 'compatible',
      plan: { steps: [{ verb: 'add-column', column: 'margin' }] },
    });
  });

  it('calls a column that is gone, a wider type and new values compatible', async () => {
    const found = await diff(
      withColumns(
        honestTable(2).filter((c) => c.name !== 'score'),
        {
          hour: (c) => ({ ...c, type: 'BIGINT', values: BigInt64Array.from(c.values as Int32Array, BigInt) }),
          device: (c) => ({
            ...c,
            values: (c.values as readonly string[]).map((v, i) => (i % 20 === 0 ? 'watch' : v)),
          }),
        },
      ),
    );
    expect(said(found)).toEqual(['removed score', 'type hour', 'values-new device']);
    expect(found.verdict).toBe('compatible');
  });

  it('refuses numbers with decimals where whole ones are asked for', async () => {
    const found = await diff(
      withColumns(honestTable(2), {
        price: (c) => ({
          name: 'price',
          type: 'INTEGER',
          values: Int32Array.from(c.values as Float64Array, Math.round),
        }),
      }),
    );
    expect(found.verdict).toBe('breaking');
    expect(found.changes[0]?.refused).toMatch(/decimals that INTEGER would round away/);
  });
});
