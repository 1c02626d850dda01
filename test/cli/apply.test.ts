import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/core/engine.js';
import type { Expr } from '../../src/core/plan.js';
import type { Run } from '../../src/core/run.js';
import type { PlanVerb, Recipe } from '../../src/cleaning/recipe/recipe.js';
import { storeLists } from '../../src/cleaning/files/lists.js';
import { writeCleaned } from '../../src/cleaning/files/write.js';
import { printRecipe } from '../../src/cleaning/recipe/print.js';
import { stepsOf } from '../../src/cleaning/recipe/recipe.js';
import { expr } from '../../src/core/plan.js';
import { createRun } from '../../src/core/run.js';
import { makeDemo } from '../../src/demo/make.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { openStudy } from '../../src/dataset/open.js';
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

  it(
    'follows the keyed lists of a run folder on the day they were made, and says so on another day',
    () =>
      inFolder(async (folder) => {
        const [first, second] = [await day(folder, 1), await day(folder, 2)];
        const study = await openStudy({ train: first.train, label: 'click', cache: folder }, run);
        const { name, hash } = study.whole;
        const keys = async (list: string, where: string, value = ''): Promise<void> => {
          const sql = `SELECT k, CAST(0 AS INTEGER) AS copy${value} FROM ${name} WHERE ${where}`;
          await engine.write({ sql }, { kind: 'table', name: list }, run);
        };
        await keys('ninths', 'k % 9 = 0');
        await keys('sevenths', 'k % 7 = 0', ', CAST(1 AS DOUBLE) / (k + 3) AS value');
        const plan: readonly PlanVerb[] = [
          { id: 1, code, verb: 'drop-row', where: { keys: { list: 'ninths', of: hash } } },
          { id: 2, code, verb: 'set-cell', column: 'price', list: { list: 'sevenths', of: hash } },
          { id: 3, code, verb: 'drop-row', where: above('price', 60) },
        ];
        const [step] = recipe.steps;
        const own: Recipe = { ...recipe, made: { ...recipe.made, source: hash }, steps: [{ ...step!, plan }] };
        // As a run leaves them: recipe and lists side by side, without a manifest.
        await mkdir(path.join(folder, 'run'));
        await writeFile(path.join(folder, 'run', 'recipe.yaml'), printRecipe(own, []));
        await storeLists({ version: 1, steps: stepsOf(own) }, path.join(folder, 'run'), run);

        const applied = async (train: string, out: string): Promise<readonly string[]> => {
          const args = ['apply', 'run/recipe.yaml', train, '--out', out, '--format', 'json'];
          const { code: exit, out: said, err } = await assay(folder, args);
          expect({ exit, err }).toEqual({ exit: 0, err: '' });
          return (JSON.parse(said) as { steps: readonly { outcome: string }[] }).steps.map((s) => s.outcome);
        };
        expect(await applied(first.train, 'same')).toEqual(['applied', 'applied', 'applied']);
        expect(await applied(second.train, 'next')).toEqual(['other-file', 'other-file', 'applied']);
        const direct = await writeCleaned(study, { version: 1, steps: stepsOf(own) }, path.join(folder, 'direct'), run);
        const cleaned = (out: string): string => path.join(folder, out, 'cleaned.parquet');
        expect(direct.counts.quarantine).toBeGreaterThan(400);
        const equal = { rows: direct.counts.cleaned, cells: 0, others: 0 };
        expect(await differing(cleaned('direct'), cleaned('same'))).toEqual(equal);
        for (const [out, train] of [
          ['same', first.train],
          ['next', second.train],
        ] as const) {
          const back = path.join(folder, `${out}.parquet`);
          expect((await assay(folder, ['undo', out, '--out', back])).code).toBe(0);
          expect(await describeFile(back)).toEqual(await describeFile(train));
          expect(await differing(train, back)).toMatchObject({ cells: 0, others: 0 });
        }
      }),
    60_000,
  );
});
