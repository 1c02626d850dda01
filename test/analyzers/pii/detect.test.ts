import type { Engine } from '../../../src/core/engine.js';
import type { Run } from '../../../src/core/run.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pii } from '../../../analyzers/pii/index.js';
import { personalKinds } from '../../../src/core/personal-kinds.js';
import { createRun } from '../../../src/core/run.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { integers, smallStudy, texts } from '../small-study.js';

let engine: Engine;
let run: Run;
let tables = 0;

beforeAll(async () => {
  engine = await createDuckDb({ threads: 1 });
  run = createRun({ engine });
});
afterAll(async () => engine.close());

async function codesOf(values: readonly string[], name = 'note'): Promise<readonly string[]> {
  const table = `pii_${++tables}`;
  const study = await smallStudy(table, [texts(name, values), integers('n', values.map(Number))], {}, run);
  const evidence = await pii.detect(study, run);
  expect(JSON.stringify(evidence.findings)).not.toMatch(/@e|4111|555/);
  return evidence.findings.map((f) => f.code);
}

describe('pii', () => {
  it.each([
    ['pii.email', 'write to jane.doe+x@mail.example.com please'],
    ['pii.phone', 'call +44 20 7946 0123'],
    ['pii.phone', '(212) 555-0123'],
    ['pii.card', 'paid with 4111 1111 1111 1111'],
    ['pii.national-id', '078-05-1120'],
    ['pii.national-id', 'QQ is none, AB 12 34 56 C is'],
    ['pii.ip', 'from 192.168.0.17'],
    ['pii.token', 'AKIAIOSFODNN7EXAMPLE'],
  ])('finds %s in %j', async (code, value) => {
    expect(await codesOf(['nothing here', value])).toEqual([code]);
  });

  it.each([
    ['a moment', '2026-01-05 00:00:00.123+0100'],
    ['a browser', 'Mozilla/5.0 Chrome/120.0.0.0 Safari/537.36'],
    ['a number', '-1234567.25'],
    ['a card number that fails its check', '4111 1111 1111 1112'],
    ['a handle', '@someone and a@b'],
    ['a date in two shapes', '05-11-2026, 2026-11-05'],
    ['a UUID', '123e4567-e89b-12d3-a456-426614174000'],
  ])('is quiet on %s', async (_, value) => {
    expect(await codesOf(['nothing here', value])).toEqual([]);
  });

  it.each([
    ['email', 'a@b.cc'],
    ['phone', '+12345678'],
    ['card', '4000000000006'],
    ['national-id', 'AB123456C'],
    ['ip', '1.1.1.1'],
    ['token', 'xoxb-0123456789'],
  ])('finds the shortest %s, %j, and looks at nothing shorter', async (name, value) => {
    const { least, pattern } = personalKinds.find((kind) => kind.name === name)!;
    expect(value).toHaveLength(least);
    expect(await codesOf([value])).toEqual([`pii.${name}`]);
    for (let cut = 0; cut < value.length; cut++)
      expect(value.slice(0, cut) + value.slice(cut + 1)).not.toMatch(new RegExp(pattern));
  });

  it('finds card numbers among whole numbers of every type that has room for them', async () => {
    const cards = [4_111_111_111_111_111n, 5_500_000_000_000_004n, 7n];
    for (const type of ['BIGINT', 'UBIGINT', 'HUGEINT']) {
      const name = `cards_${type}`;
      const rows = cards.map((card, k) => `(${k}, CAST(${card} AS ${type}))`).join(', ');
      await run.engine.write({ sql: `SELECT * FROM (VALUES ${rows}) AS t(k, c0)` }, { kind: 'table', name }, run);
      const relation = { name, columns: [{ id: 'c0', name: 'n', type }], rows: 3, hash: name, split: false };
      const study = { ...(await smallStudy(`${name}_any`, [integers('n', [1])], {}, run)), train: relation };
      expect((await pii.detect(study, run)).findings).toMatchObject([{ code: 'pii.card', args: { cells: 2 } }]);
    }
  });

  it('takes long numbers for ids where no more pass the check than by chance', async () => {
    const ids = Array.from({ length: 500 }, (_, i) => String(4_000_000_000_000_000 + i * 7_919));
    expect(await codesOf(ids)).toEqual([]);
  });

  it('believes a name only where values are many', async () => {
    const names = Array.from({ length: 60 }, (_, i) => `someone ${i}`);
    expect(await codesOf(names, 'lastName')).toEqual(['pii.named']);
    expect(await codesOf(['yes', 'no', 'yes'], 'phone_service')).toEqual([]);
  });
});
