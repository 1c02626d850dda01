import { createHmac } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { createRun } from '../../../src/core/run.js';
import { expr } from '../../../src/core/plan.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { compilePlan } from '../../../src/dataset/sql/plan/compile.js';
import { smallStudy, texts } from '../small-study.js';

const steps = [
  { id: 1, defect: 'pii', code: 'pii.hashed', verb: 'set-cell', column: 'mail', where: { all: true } },
] as const;
const plan = {
  version: 1,
  steps: steps.map((step) => ({ ...step, to: { keyedHash: expr.col('mail') }, irreversible: 'it hashes' })),
} as const;

afterEach(() => {
  delete process.env['ASSAY_HASH_KEY'];
});

async function hashed(values: readonly (string | null)[]): Promise<readonly unknown[]> {
  const engine = await createDuckDb({ threads: 1 });
  const run = createRun({ engine });
  try {
    const study = await smallStudy('people', [texts('mail', values)], {}, run);
    const { result } = compilePlan(study.whole, plan, { roles: study.roles, dialect: engine.dialect, scope: 'all' });
    expect(result.sql).not.toContain('secret');
    return (await engine.rows(result, 10, run)).map((row) => row['c0']);
  } finally {
    await engine.close();
  }
}

it.each(['a secret of some length', 'a secret longer than one block '.repeat(4)])(
  'is HMAC-SHA256 under %j',
  async (key) => {
    process.env['ASSAY_HASH_KEY'] = key;
    const hmac = (value: string): string => createHmac('sha256', key).update(value).digest('hex').slice(0, 32);
    expect(await hashed(['a@b.example', 'ä', null])).toEqual([hmac('a@b.example'), hmac('ä'), null]);
  },
);

it('refuses without a key, and with a short one', async () => {
  await expect(hashed(['a@b.example'])).rejects.toThrow(/ASSAY_HASH_KEY/);
  process.env['ASSAY_HASH_KEY'] = 'short';
  await expect(hashed(['a@b.example'])).rejects.toMatchObject({ code: 'option-invalid' });
});
