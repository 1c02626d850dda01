import { expect, it } from 'vitest';
import { createRun } from '../../src/core/run.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';

const moments = [
  "'2026-01-21 23:59:59.999999'",
  "'2026-01-22 00:00:00'",
  "'2026-01-22 00:00:00.000001'",
  "'1960-02-29'",
];
const from = Date.parse('2026-01-22T00:00:00Z') / 1000;

it.each(['DATE', 'TIMESTAMP', 'TIMESTAMP_NS', 'TIMESTAMPTZ', 'DOUBLE', 'BIGINT'])(
  'a %s is at or after a moment where its seconds since 1970 are, and null where it is null',
  async (type) => {
    const engine = await createDuckDb({ threads: 1 });
    const run = createRun({ engine });
    const { dialect } = engine;
    const numbers = [from - 1, from, from + 1, -from].map(String);
    const values = (type === 'DOUBLE' || type === 'BIGINT' ? numbers : moments).map((v) => `(CAST(${v} AS ${type}))`);
    const rows = `(VALUES ${[...values, `(CAST(NULL AS ${type}))`].join(', ')}) AS t(x)`;
    const said: unknown[] = [];
    for (const seconds of [from, from + 0.5, -1]) {
      const slow = `${dialect.epoch('x', type)} >= ${seconds}`;
      const sql = `SELECT ${dialect.since('x', type, seconds)} AS fast, ${slow} AS slow FROM ${rows}`;
      const found = await engine.rows({ sql }, 10, run);
      expect(found.map((row) => row['fast'])).toEqual(found.map((row) => row['slow']));
      expect(found.at(-1)!['fast']).toBeNull();
      said.push(...found.map((row) => row['fast']));
    }
    expect(new Set(said)).toEqual(new Set([true, false, null]));
    await run.close();
    await engine.close();
  },
);
