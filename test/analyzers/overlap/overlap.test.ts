import type { Engine, PutColumn } from '../../../src/core/engine.js';
import type { Finding } from '../../../src/core/evidence.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import type { SmallRoles } from '../small-study.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overlap } from '../../../analyzers/overlap/index.js';
import { createRandom } from '../../../src/core/random.js';
import { createRun } from '../../../src/core/run.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { integers, numbers, smallStudy, texts } from '../small-study.js';

let engine: Engine;
let run: Run;
beforeAll(async () => {
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine });
});
afterAll(async () => engine.close());

/** A training set and a test set over the same columns; keys of test rows follow those of training rows. */
async function both(
  name: string,
  train: readonly PutColumn[],
  test: readonly PutColumn[],
  roles: SmallRoles,
): Promise<Study> {
  const study = await smallStudy(name, train, roles, run);
  const other = await smallStudy(`${name}_rows`, test, roles, run);
  await engine.write(
    { sql: `SELECT * REPLACE (k + ${1n << 40n} AS k) FROM ${name}_rows` },
    { kind: 'table', name: `${name}_test` },
    run,
  );
  return { ...study, test: { ...other.whole, name: `${name}_test` } };
}

async function flaggedOf(study: Study): Promise<readonly (readonly [number, string, string])[]> {
  const { flagged } = await overlap.detect(study, run);
  if (flagged === null) return [];
  const rows = await engine.rows({ sql: `SELECT k, code, args FROM ${flagged.relation} ORDER BY k` }, 10_000, run);
  return rows.map((r) => [Number(r['k']), String(r['code']), String(r['args'])]);
}

async function findingsOf(study: Study): Promise<readonly (readonly [string, Finding['severity']])[]> {
  return (await overlap.detect(study, run)).findings.map(({ code, severity }) => [code, severity]);
}

/** Uniform draws; two tables of different names share no value. */
function drawn(name: string, rows: number): readonly number[] {
  const random = createRandom(3).fork(name);
  return Array.from({ length: rows }, (_, i) => random.at(i));
}

/** One column of many neighbours and one of two values. */
function dense(of: string, rows: number): readonly PutColumn[] {
  const sides = drawn(`${of}/t`, rows).map((u) => (u < 0.5 ? 'a' : 'b'));
  return [numbers('x', drawn(`${of}/x`, rows)), texts('t', sides)];
}

function few(name: string, rows: number): PutColumn {
  return integers(
    name,
    drawn(name, rows).map((u) => Math.floor(4 * u)),
  );
}

describe('overlap', () => {
  it('names training rows that a test row equals, nulls as equal, and those under another label', async () => {
    const train = [numbers('x', [1, 2, null, 4]), texts('t', ['a', 'b', null, 'd']), integers('y', [0, 1, 0, 1])];
    const test = [numbers('x', [9, 2, null]), texts('t', ['a', 'b', null]), integers('y', [0, 1, 1])];
    const study = await both('equal', train, test, { label: 'y' });
    expect(await flaggedOf(study)).toEqual([
      [1, 'overlap.exact', '{"test":1,"same":true}'],
      [2, 'overlap.exact', '{"test":2,"same":false}'],
    ]);
    const { score, findings, measurements } = await overlap.detect(study, run);
    expect(score).toBe(0.5);
    expect(findings[0]!.args).toMatchObject({ rows: 2, test: 2, otherLabel: 1 });
    expect(measurements.find((m) => m.name === 'overlap.test-share')!.value).toBeCloseTo(2 / 3, 12);
  });

  it('finds exact and recomputed copies, each row once, and no honest row', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const columns = (of: string, rows: number): (readonly number[])[] => names.map((n) => drawn(`${of}/${n}`, rows));
    const [train, test] = [columns('train', 3000), columns('test', 500)];
    const noise = drawn('noise', 40);
    // Training rows 100 to 119 are test rows 0 to 19; 200 to 239 are test rows 20 to 59 but for the last digits.
    const mixed = train.map((values, c) =>
      values.map((v, i) => {
        if (i >= 100 && i < 120) return test[c]![i - 100]!;
        if (i >= 200 && i < 240) return test[c]![i - 180]! + 1e-5 * (noise[i - 200]! - 0.5);
        return v;
      }),
    );
    const put = (values: readonly (readonly number[])[]): readonly PutColumn[] =>
      values.map((v, c) => numbers(names[c]!, v));
    const study = await both('near', put(mixed), put(test), {});
    const flagged = await flaggedOf(study);
    const of = (code: string): readonly number[] => flagged.filter((f) => f[1] === code).map(([k]) => k);
    expect(of('overlap.exact')).toEqual(Array.from({ length: 20 }, (_, i) => 100 + i));
    expect(of('overlap.near')).toEqual(Array.from({ length: 40 }, (_, i) => 200 + i));
    expect(await findingsOf(await both('honest', put(train), put(test), {}))).toEqual([]);
  });

  it('does not take neighbours on one dense column for copies', async () => {
    expect(await findingsOf(await both('dense', dense('train', 20_000), dense('test', 500), {}))).toEqual([]);
  });

  it('notes equal rows where as many are equal by chance', async () => {
    const study = await both('chance', [few('a', 400), few('b', 400)], [few('c', 100), few('d', 100)], {});
    expect(await findingsOf(study)).toEqual([['overlap.exact', 'note']]);
  });

  it('says which users of the test rows are known', async () => {
    const train = [integers('user', [1, 2, 3, 3]), numbers('x', [1, 2, 3, 4])];
    const test = [integers('user', [3, 3, 4, 5]), numbers('x', [5, 6, 7, 8])];
    const study = await both('users', train, test, { user: 'user' });
    const { findings } = await overlap.detect(study, run);
    expect(findings).toMatchObject([{ code: 'overlap.users', severity: 'note', args: { known: 1, units: 3 } }]);
  });

  it('offers to drop the shared rows from train', async () => {
    const train = [numbers('x', [1, 2, 3]), integers('y', [0, 1, 0])];
    const study = await both('drop', train, [numbers('x', [2]), integers('y', [1])], { label: 'y' });
    if (typeof overlap.repair !== 'function') throw new Error('no repair');
    const [repair] = await overlap.repair(study, await overlap.detect(study, run), run);
    expect(repair).toMatchObject({ id: 'drop-shared', units: 1, plan: { steps: [{ verb: 'drop-row' }] } });
  });
});
