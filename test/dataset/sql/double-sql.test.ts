import { double, oneof, sample } from 'fast-check';
import { expect, it } from 'vitest';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { doubleSql } from '../../../src/dataset/sql/double-sql.js';

const call = { id: 'test', signal: new AbortController().signal };

it('a number in SQL is the double it was, to the last bit', async () => {
  const engine = await createDuckDb({ threads: 1, memory: '200MB' });
  const ofSize = double({ min: -1e9, max: 1e9, noNaN: true });
  const numbers = sample(oneof(ofSize, double({ noNaN: true, noDefaultInfinity: true })), {
    numRuns: 500,
    seed: 1,
  });
  const [row] = await engine.rows({ sql: `SELECT [${numbers.map(doubleSql).join(', ')}] AS read` }, 1, call);
  const read = row!['read'] as readonly number[];
  expect(numbers.filter((number, i) => read[i] !== number)).toEqual([]);
  await engine.close();
});
