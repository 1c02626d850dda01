import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/core/engine.js';
import type { Expr } from '../../src/core/plan.js';
import type { Run } from '../../src/core/run.js';
import type { PlanVerb, Recipe } from '../../src/cleaning/recipe/recipe.js';
import { printRecipe } from '../../src/cleaning/recipe/print.js';
import { expr } from '../../src/core/plan.js';
import { createRun } from '../../src/core/run.js';
import { makeDemo } from '../../src/demo/make.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { assay, inFolder } from './assay.js';

const above = (name: string, value: number): { readonly rule: Expr } => ({
  rule: expr.cmp('>', expr.col(name), expr.double(value)),
});
const whole = (value: number): Expr => expr.literal('INTEGER', String(value));
const code = 'c';

/** Every kind of verb: rows go, come and weigh, labels and cells change, columns are mapped, cast, dropped, made. */
const verbs: readonly PlanVerb[] = [
  { id: 1, code, verb: 'drop-row', where: above('price', 100) },
  { id: 2, code, verb: 'repeat-row', where: { rule: expr.cmp('=', expr.col('click'), whole(1)) }, times: 3 },
  { id: 3, code, verb: 'weight-row', where: above('relevance', 0.5), factor: 0.5 },
  { id: 4, code, verb: 'set-label', where: { rule: expr.cmp('=', expr.col('source'), whole(1)) }, to: whole(0) },
  { id: 5, code, verb: 'set-cell', column: 'price', where: above('price', 20), to: expr.double(-0) },
  {
    id: 6,
    code,
    verb: 'map-column',
    column: 'relevance',
    as: { op: '*', args: [expr.col('relevance'), expr.double(0.1)] },
    inverse: { op: '/', args: [expr.col('relevance'), expr.double(0.1)] },
  },
  { id: 7, code, verb: 'cast-column', column: 'depth', to: 'DOUBLE' },
  { id: 8, code, verb: 'drop-column', column: 'discount' },
  { id: 9, code, verb: 'rename-column', column: 'price', to: 'discount' },
  { id: 10, code, verb: 'add-column', column: 'is_hot', type: 'DOUBLE', as: expr.col('user_ctr') },
];

const recipe: Recipe = {
  version: 1,
  made: { assay: '0.1.0', source: 'the first day', rows: 1 },
  label: 'click',
  weight: null,
  steps: [
    {
      defect: 'everything',
      repair: 'everything',
      title: 'everything',
      strength: null,
      acceptedBy: 'person',
      evidence: null,
      plan: verbs,
    },
  ],
  exceptions: [],
  rejected: [],
};

/** The rows of a file with their places. */
const numbered = (file: string): string =>
  `(SELECT *, file_row_number AS n FROM read_parquet('${file}', file_row_number = true))`;

describe('apply on a second day, then undo', () => {
  let engine: Engine;
  let run: Run;
  beforeAll(async () => {
    engine = await createDuckDb({ threads: 2 });
    run = createRun({ engine });
  });
  afterAll(() => engine.close());

  const day = (folder: string, seed: number): Promise<{ readonly train: string }> =>
    makeDemo({ rows: 4000, seed, folder: path.join(folder, `day-${seed}`) }, run);
  const describeFile = (file: string) => engine.describe({ sql: `SELECT * FROM '${file}'` }, run);

  /** Cells that differ in bits or place between two files of equal columns, and their rows. */
  async function differing(a: string, b: string): Promise<{ rows: number; cells: number; others: number }> {
    const columns = await describeFile(a);
    const same = columns.map(({ name, type }) => {
      const [x, y] = [`a."${name}"`, `b."${name}"`];
      // BIT shows every bit of a float: the sign of zero and what a NaN carries.
      return type === 'DOUBLE' || type === 'FLOAT'
        ? `CAST(${x} AS BIT) IS NOT DISTINCT FROM CAST(${y} AS BIT)`
        : `${x} IS NOT DISTINCT FROM ${y}`;
    });
    const sql = `SELECT count(*) AS rows, sum(${same.map((s) => `CAST(NOT (${s}) AS INTEGER)`).join(' + ')}) AS cells,
      count(*) FILTER (a.n IS NULL OR b.n IS NULL) AS others FROM ${numbered(a)} AS a FULL JOIN ${numbered(b)} AS b ON a.n = b.n`;
    const [found] = await engine.rows({ sql }, 1, run);
    return { rows: Number(found!['rows']), cells: Number(found!['cells']), others: Number(found!['others']) };
  }

  it(
    'gives the second day back in key order, with its types and the bits of its floats',
    () =>
      inFolder(async (folder) => {
        const [first, second] = [await day(folder, 1), await day(folder, 2)];
        const columns = await describeFile(first.train);
        await writeFile(path.join(folder, 'recipe.yaml'), printRecipe(recipe, []));
        const applied = await assay(folder, ['apply', 'recipe.yaml', second.train, '--out', 'out', '--format', 'json']);
        expect(applied).toMatchObject({ code: 0, err: '' });
        const { rows, steps } = JSON.parse(applied.out) as {
          rows: { source: number; cleaned: number; quarantine: number };
          steps: readonly { outcome: string }[];
        };
        expect(new Set(steps.map((s) => s.outcome))).toEqual(new Set(['applied']));
        expect(rows.quarantine).toBeGreaterThan(100);
        const touched = await describeFile(path.join(folder, 'out', 'cleaned.parquet'));
        expect(touched).not.toEqual(columns);

        const undone = await assay(folder, ['undo', 'out', '--out', 'back.parquet']);
        expect(undone).toMatchObject({ code: 0, err: '' });
        expect(undone.out).toContain('row for row and bit for bit');
        const back = path.join(folder, 'back.parquet');
        expect(await describeFile(back)).toEqual(await describeFile(second.train));
        expect(await differing(second.train, back)).toEqual({ rows: rows.source, cells: 0, others: 0 });
        // The comparison can tell: another day is not this one.
        expect((await differing(first.train, back)).cells).toBeGreaterThan(0);
      }),
    60_000,
  );
});
