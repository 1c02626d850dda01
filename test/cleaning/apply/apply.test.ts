import type { Recipe, RecipeStep, PlanVerb } from '../../../src/cleaning/recipe/recipe.js';
import type { ApplyOptions, Applied } from '../../../src/cleaning/apply/apply.js';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workplace } from '../workplace.js';
import { applyRecipe } from '../../../src/cleaning/apply/apply.js';
import { parseRecipe } from '../../../src/cleaning/recipe/parse.js';
import { printRecipe } from '../../../src/cleaning/recipe/print.js';
import { undo } from '../../../src/cleaning/undo/undo.js';
import { expr } from '../../../src/core/plan.js';

const here = workplace();

const rule = { rule: expr.cmp('=', expr.col('x'), expr.literal('BIGINT', '1')) };
const dropOnes: PlanVerb = { id: 1, code: 'c', verb: 'drop-row', where: rule };
const nullAs: PlanVerb = {
  id: 2,
  code: 'c',
  verb: 'set-cell',
  column: 'city',
  where: { rule: expr.cmp('=', expr.col('city'), expr.text('a')) },
  to: expr.literal('VARCHAR', null),
};

function recipeOf(...plan: readonly PlanVerb[]): Recipe {
  const step: RecipeStep = {
    defect: 'd',
    repair: 'r',
    title: 't',
    strength: null,
    acceptedBy: 'person',
    evidence: null,
    plan,
  };
  const made = { assay: '0.1.0', source: 'elsewhere', rows: 4 };
  const steps = plan.length === 0 ? [] : [step];
  return { version: 1, made, label: 'y', weight: null, steps, exceptions: [], rejected: [] };
}

async function apply(recipe: Recipe, csv: string, how: Partial<ApplyOptions> = {}): Promise<Applied> {
  const data = join(here.base, 'data.csv');
  await writeFile(data, csv);
  const options: ApplyOptions = {
    rows: 'train',
    strict: false,
    folder: here.base,
    cache: join(here.base, 'cache'),
    write: 'parquet',
    ...how,
  };
  return applyRecipe(parseRecipe('r.yaml', printRecipe(recipe, [])), data, join(here.base, 'out'), options, here.run);
}

/** Rows of a file of the output, as texts. */
async function cells(name: string): Promise<readonly string[]> {
  const { relation } = await here.engine.attach(
    { files: [join(here.base, name)], format: 'parquet', cache: here.base },
    here.run,
  );
  const list = relation.columns.map((c) => c.id).join(', ');
  const rows = await here.engine.rows({ sql: `SELECT ${list} FROM ${relation.name} ORDER BY k` }, 100, here.run);
  return rows.map((row) => Object.values(row).map(String).join(','));
}

const day = 'x,city,y\n1,a,0\n2,a,1\n3,b,0\n1,b,1\n';

describe('a recipe on new data', () => {
  it('is replayed with its constants and can be undone', async () => {
    const applied = await apply(recipeOf(dropOnes, nullAs), day);
    expect(applied.steps.map((s) => [s.outcome, s.units])).toEqual([
      ['applied', 2],
      ['applied', 1],
    ]);
    expect(applied.notices).toEqual([]);
    expect(await cells('out/cleaned.parquet')).toEqual(['2,null,1', '3,b,0']);
    await undo(join(here.base, 'out'), join(here.base, 'back.csv'), {}, here.run);
    expect(await readFile(join(here.base, 'back.csv'), 'utf8')).toBe(day);
  });

  it('leaves every row of data to serve, which needs no label', async () => {
    const label: PlanVerb = { id: 3, code: 'c', verb: 'set-label', where: rule, to: expr.literal('BIGINT', '0') };
    const served = await apply(recipeOf(dropOnes, nullAs, label), 'x,city\n1,a\n2,b\n', { rows: 'serve' });
    expect(served.steps.map((s) => s.outcome)).toEqual(['serving', 'applied', 'serving']);
    expect(await cells('out/cleaned.parquet')).toEqual(['1,null', '2,b']);
  });

  it('tells which steps no longer fit and why, and applies the rest', async () => {
    const keys = { keys: { list: 'some_rows', of: 'elsewhere' } };
    const other = (id: number): PlanVerb => ({ id, code: 'c', verb: 'drop-row', where: keys });
    const lookup: PlanVerb = {
      id: 7,
      code: 'c',
      verb: 'map-column',
      column: 'city',
      lookup: [
        [
          { type: 'VARCHAR', text: 'a' },
          { type: 'VARCHAR', text: 'A' },
        ],
      ],
      other: 'null',
    };
    const gone: PlanVerb = { id: 3, code: 'c', verb: 'drop-column', column: 'country' };
    const moved: PlanVerb = { id: 4, code: 'c', verb: 'rename-column', column: 'country', to: 'land' };
    const taken: PlanVerb = { id: 5, code: 'c', verb: 'rename-column', column: 'city', to: 'X' };
    const none: PlanVerb = {
      ...dropOnes,
      id: 6,
      where: { rule: expr.cmp('>', expr.col('x'), expr.literal('BIGINT', '9')) },
    };
    const typed: PlanVerb = { ...dropOnes, id: 8, where: { rule: expr.cmp('>', expr.col('x'), expr.double(9)) } };
    const applied = await apply(recipeOf(dropOnes, other(2), gone, moved, taken, none, lookup, typed), day);
    expect(applied.steps.map((s) => s.outcome)).toEqual([
      'applied',
      'other-file',
      'missing-column',
      'missing-column',
      'name-taken',
      'no-hit',
      'unfit',
      'type-changed',
    ]);
    expect(applied.steps[2]!.reason).toBe('there is no column "country" at this step');
    expect(applied.steps[6]!.reason).toBe('1 rows hold 1 values it was not made for, such as "b"');
    expect(applied.notices).toEqual(['7 of 8 steps do not fit this data.']);
    expect(await cells('out/cleaned.parquet')).toEqual(['2,A,1', '3,null,0']);
  });

  it('is refused where no step fits, or with strict where one does not, and leaves nothing', async () => {
    const gone: PlanVerb = { id: 2, code: 'c', verb: 'drop-column', column: 'country' };
    await expect(apply(recipeOf(gone), day)).rejects.toMatchObject({ code: 'plan-refused', exit: 3 });
    await expect(apply(recipeOf(dropOnes, gone), day, { strict: true })).rejects.toThrow('no column "country"');
    expect(await readdir(here.base)).not.toContain('out');
  });

  it('leaves rows alone that an exception names by their key', async () => {
    const first = await apply(recipeOf(dropOnes), day);
    expect(first.rows.cleaned).toBe(2);
    const { source } = JSON.parse(await readFile(join(here.base, 'out', 'manifest.json'), 'utf8')) as {
      source: { hash: string };
    };
    await rm(join(here.base, 'out'), { recursive: true });
    const exceptions = [{ row: '0:3', of: source.hash }, { row: '0:0' }];
    const second = await apply({ ...recipeOf(dropOnes), exceptions }, day);
    expect(second.notices).toEqual(['1 exceptions name rows of other data and were not used.']);
    expect(await cells('out/cleaned.parquet')).toEqual(['2,a,1', '3,b,0', '1,b,1']);
  });

  it('keeps no old value of an irreversible step, and undo says so', async () => {
    const masked: PlanVerb = { ...nullAs, irreversible: 'it masks personal data' };
    const before: PlanVerb = { ...nullAs, id: 1, to: expr.text('a') };
    const ups: PlanVerb = { ...nullAs, id: 3, where: { rule: expr.cmp('=', expr.col('city'), expr.text('b')) } };
    await apply(recipeOf(before, masked, { ...ups, to: expr.text('B') }), day);
    const undone = await undo(join(here.base, 'out'), join(here.base, 'back.csv'), {}, here.run);
    expect(undone.says).toEqual(['Step 2 cannot be taken back, its cells stay as they are: it masks personal data.']);
    expect(undone.steps).toEqual([1, 3]);
    expect(await readFile(join(here.base, 'back.csv'), 'utf8')).toBe('x,city,y\n1,,0\n2,,1\n3,b,0\n1,b,1\n');
    const log = await cells('out/changes.parquet');
    expect(log.filter((entry) => entry.split(',')[2] === '2').map((entry) => entry.split(',').slice(6))).toEqual([
      ['null', 'null'],
      ['null', 'null'],
    ]);
    await expect(undo(join(here.base, 'out'), join(here.base, 'x.csv'), { step: 2 }, here.run)).rejects.toThrow(
      'cannot be taken back',
    );
    await undo(join(here.base, 'out'), join(here.base, 'part.csv'), { step: 3 }, here.run);
    expect(await readFile(join(here.base, 'part.csv'), 'utf8')).toContain('3,b,0');
  });

  it.each(['kept', 'dropped'])('leaves what it masks in no file, in a column that is %s', async (then) => {
    const secret = { rule: expr.cmp('=', expr.col('city'), expr.text(' 007 ')) };
    const mask: PlanVerb = {
      id: 3,
      code: 'c',
      verb: 'set-cell',
      column: 'city',
      where: { rule: { or: [secret.rule, expr.cmp('=', expr.col('city'), expr.text('seven'))] } },
      to: expr.text('masked'),
      irreversible: 'it masks personal data',
    };
    const fours = { rule: expr.cmp('=', expr.col('x'), expr.literal('BIGINT', '4')) };
    const rename: PlanVerb = {
      id: 2,
      code: 'c',
      verb: 'set-cell',
      column: 'city',
      where: fours,
      to: expr.text('seven'),
    };
    const drop: PlanVerb = { id: 4, code: 'c', verb: 'drop-column', column: 'city' };
    const data = 'x,city,y\n1, 007 ,0\n2, 007 ,1\n4, 007 ,1\n3,b,0\n1,b,1\n';
    await apply(recipeOf(dropOnes, rename, mask, ...(then === 'dropped' ? [drop] : [])), data);
    const files = (await readdir(join(here.base, 'out'))).filter((name) => name.endsWith('.parquet'));
    for (const file of files) {
      const sql = `SELECT CAST(t AS VARCHAR) AS row FROM read_parquet('${join(here.base, 'out', file)}') AS t`;
      const found = await here.engine.rows({ sql }, 100, here.run);
      expect(found.filter(({ row }) => String(row).includes('007'))).toEqual([]);
    }
    await undo(join(here.base, 'out'), join(here.base, 'back.csv'), {}, here.run);
    expect(await readFile(join(here.base, 'back.csv'), 'utf8')).toBe(
      'x,city,y\n1,masked,0\n2,masked,1\n4,masked,1\n3,b,0\n1,b,1\n',
    );
  });

  it('keeps no cell texts of a column that it masks', async () => {
    const many = { rule: expr.cmp('>', expr.col('x'), expr.literal('BIGINT', '9')) };
    const to = expr.literal('BIGINT', null);
    const mask = { verb: 'set-cell', column: 'x', where: many, to, irreversible: 'it masks personal data' } as const;
    await apply(recipeOf({ id: 1, code: 'c', ...mask }), 'x,y\n 42,1.5\n 7,1.50\n8,2.5\n');
    expect((await cells('out/changes.parquet')).map((entry) => entry.split(',').slice(0, 5).join())).toEqual([
      '1,0,0,read,y',
      '0,0,1,set-cell,x',
    ]);
    await undo(join(here.base, 'out'), join(here.base, 'back.csv'), {}, here.run);
    expect(await readFile(join(here.base, 'back.csv'), 'utf8')).toBe('x,y\n,1.5\n7,1.50\n8,2.5\n');
  });

  it('says so when it has no steps', async () => {
    const applied = await apply(recipeOf(), day);
    expect(applied.notices[0]).toContain('no steps');
    expect(await cells('out/cleaned.parquet')).toHaveLength(4);
  });
});
