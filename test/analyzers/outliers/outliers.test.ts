import type { Engine } from '../../../src/core/engine.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outliers } from '../../../analyzers/outliers/index.js';
import { createRandom } from '../../../src/core/random.js';
import { createRun } from '../../../src/core/run.js';
import { columnNamed } from '../../../src/core/relation.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { rowsAfter } from '../../contract/other-studies.js';
import { over, realStudy } from '../real-study.js';
import { numbers, smallStudy } from '../small-study.js';

const random = createRandom(4);
let engine: Engine;
let run: Run;
beforeAll(async () => {
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine });
});
afterAll(async () => engine.close());

/** Telco with the decimal point slipped in the monthly charges of every 200th row. */
async function slipped(name: string): Promise<Study> {
  const study = await realStudy('telco', run);
  const { id, type } = columnNamed(study.train, 'MonthlyCharges')!;
  const value = `CAST(CASE WHEN k % 200 = 7 THEN 10 * ${id} ELSE ${id} END AS ${type})`;
  return over(study, name, `SELECT * REPLACE (${value} AS ${id}) FROM ${study.train.name}`, run);
}

describe('outliers', () => {
  it('finds slipped decimal points among charges of 18 to 119, and none where there are none', async () => {
    const { flagged, findings } = await outliers.detect(await slipped('slipped'), run);
    expect(findings).toMatchObject([
      { code: 'outliers.far', severity: 'suspect', args: { column: 'MonthlyCharges', cells: flagged!.rows } },
    ]);
    const keys = await engine.rows({ sql: `SELECT k FROM ${flagged!.relation}` }, 100, run);
    expect(keys.filter((row) => Number(row['k']) % 200 !== 7)).toEqual([]);
    // 35 slipped; those of low charges stay within what three times the farthest hundredth allows.
    expect(keys.length).toBeGreaterThanOrEqual(24);
    expect((await outliers.detect(await realStudy('telco', run), run)).findings).toEqual([]);
  });

  it.each(['TINYINT', 'INTEGER', 'UBIGINT', 'DECIMAL(9,2)', 'FLOAT'])(
    'repairs far cells of a column of type %s by rules of that type',
    async (type) => {
      const values = Array.from({ length: 4000 }, (_, i) => (i % 100 === 7 ? 120 : 1 + Math.floor(random.at(i) * 12)));
      const plain = await smallStudy(
        `typed_${type.replaceAll(/\W/g, '_')}`,
        [
          numbers('n', values),
          numbers(
            'm',
            values.map((_, i) => random.at(i)),
          ),
        ],
        {},
        run,
      );
      const { id } = columnNamed(plain.train, 'n')!;
      const sql = `SELECT * REPLACE (CAST(${id} * ${type === 'TINYINT' ? 1 : 5} AS ${type}) AS ${id}) FROM ${plain.train.name}`;
      const cast = await over(plain, `typed_as_${type.replaceAll(/\W/g, '_')}`, sql, run);
      const columns = cast.train.columns.map((column) => (column.id === id ? { ...column, type } : column));
      const study = { ...cast, whole: { ...cast.whole, columns }, train: { ...cast.train, columns } };
      // A yardstick of its own: the rules must hold whatever the limits are.
      const cells = type === 'TINYINT' ? [120] : [600];
      const args = { column: 'n', cells: 40, low: -1e30, high: cells[0]! - 0.5, from: 1.5, to: cells[0]! - 1.25 };
      const finding = { code: 'outliers.far', severity: 'suspect', args } as const;
      if (typeof outliers.repair !== 'function') throw new Error('no repair');
      const repairs = await outliers.repair(study, { measurements: [], findings: [finding], flagged: null }, run);
      const [before, nulled, cut] = await Promise.all(
        [{ version: 1, steps: [] } as const, ...repairs.map((r) => r.plan)].map((plan) => rowsAfter(study, plan, run)),
      );
      const changed = (after: typeof before): number =>
        [...before!].filter(([key, row]) => after!.get(key) !== row).length;
      expect(changed(nulled)).toBe(40);
      // The bounds lie between whole numbers; cells inside them stay, the lowest, 1 or 5, too.
      expect(changed(cut)).toBe(40);
    },
  );

  it('nulls the far cells and nothing else', async () => {
    const study = await slipped('slipped_again');
    const evidence = await outliers.detect(study, run);
    if (typeof outliers.repair !== 'function') throw new Error('no repair');
    const [nulled] = await outliers.repair(study, evidence, run);
    const before = await rowsAfter(study, { version: 1, steps: [] }, run);
    const after = await rowsAfter(study, nulled!.plan, run);
    const changed = [...before].filter(([key, cells]) => after.get(key) !== cells).map(([key]) => key.split(':')[0]);
    const flagged = await engine.rows({ sql: `SELECT k FROM ${evidence.flagged!.relation}` }, 100, run);
    expect(new Set(changed)).toEqual(new Set(flagged.map((row) => String(row['k']))));
  });

  it('leaves heavy tails and codes alone', async () => {
    const random = createRandom(8);
    const draw = (name: string): number[] => {
      const fork = random.fork(name);
      return Array.from({ length: 5000 }, (_, i) => fork.at(i));
    };
    const angle = draw('b');
    const normal = draw('a').map((u, i) => Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * angle[i]!));
    const study = await smallStudy(
      'tails',
      [
        numbers(
          'lognormal',
          normal.map((z) => Math.exp(2 * z)),
        ),
        numbers(
          'exponential',
          draw('c').map((u) => -Math.log(1 - u)),
        ),
        numbers(
          'code',
          draw('d').map((u) => (u < 0.001 ? 9999 : Math.floor(9 * u))),
        ),
      ],
      {},
      run,
    );
    expect((await outliers.detect(study, run)).findings.filter((f) => f.severity !== 'note')).toEqual([]);
    const dear = await smallStudy(
      'dear',
      [
        numbers(
          'price',
          normal.map((z, i) => (i % 100 === 3 ? 400 : 20 + z)),
        ),
      ],
      {},
      run,
    );
    expect((await outliers.detect(dear, run)).findings.map((f) => f.severity)).toEqual(['note']);
  });
});
