import type { Engine, Query, Value } from '../../../src/core/engine.js';
import type { Expr, Plan, TypeName, Verb } from '../../../src/core/plan.js';
import type { Relation } from '../../../src/core/relation.js';
import type { Roles } from '../../../src/core/study.js';
import type { Compiled, Scope } from '../../../src/dataset/sql/plan/compiled.js';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doubleLiteral, expr, planOf } from '../../../src/core/plan.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { compilePlan } from '../../../src/dataset/sql/plan/compile.js';
import { noRoles } from '../../../src/core/study.js';

const call = { id: 'test', signal: new AbortController().signal };
let engine: Engine;
beforeAll(async () => void (engine = await createDuckDb({ threads: 2 })));
afterAll(async () => engine.close());

interface Table {
  readonly relation: Relation;
  readonly roles: Roles;
}

let tables = 0;

/** A table of SQL rows; `part` is taken from `parts`, one a row, where given. */
async function table(
  columns: readonly (readonly [name: string, type: TypeName])[],
  rows: readonly string[],
  o: { parts?: readonly number[]; label?: string; weight?: string } = {},
): Promise<Table> {
  const name = `t${++tables}`;
  const ids = columns.map((_, i) => `c${i}`);
  const cast = columns.map(([, type], i) => `CAST(v.c${i} AS ${type}) AS c${i}`);
  const values = rows.map((row, i) => `(${[i, ...(o.parts ? [o.parts[i]] : []), row].join(', ')})`);
  const heads = ['k', ...(o.parts ? ['part'] : []), ...ids];
  const keys = ['CAST(v.k AS BIGINT) AS k', ...(o.parts ? ['CAST(v.part AS TINYINT) AS part'] : [])];
  const sql = `SELECT ${[...keys, ...cast].join(', ')} FROM (VALUES ${values.join(', ')}) AS v(${heads.join(', ')})`;
  await engine.write({ sql }, { kind: 'table', name }, call);
  const all = columns.map(([n, type], i) => ({ id: `c${i}`, name: n, type }));
  const find = (n: string | undefined) => all.find((c) => c.name === n) ?? null;
  const label = find(o.label);
  return {
    relation: { name, columns: all, rows: rows.length, split: o.parts !== undefined, hash: 'h' },
    roles: {
      ...noRoles,
      label: label === null ? null : { column: label, positive: '1', negative: '0' },
      weight: find(o.weight),
    },
  };
}

async function list(rows: readonly string[], head = 'k, copy'): Promise<{ list: string; of: string }> {
  const name = `l${++tables}`;
  await engine.write(
    {
      sql: `SELECT * REPLACE (CAST(k AS BIGINT) AS k, CAST(copy AS INTEGER) AS copy) FROM (VALUES ${rows.map((r) => `(${r})`).join(', ')}) AS v(${head})`,
    },
    { kind: 'table', name },
    call,
  );
  return { list: name, of: 'h' };
}

const compile = ({ relation, roles }: Table, plan: Plan, scope: Scope = 'train-rows'): Compiled =>
  compilePlan(relation, plan, { roles, dialect: engine.dialect, scope });

const plan = (...verbs: readonly Verb[]): Plan => planOf('test', 'test', ...verbs);

async function read(query: Query, order = 'k, copy'): Promise<readonly Record<string, Value>[]> {
  return engine.rows({ sql: `SELECT * FROM (${query.sql}) AS r ORDER BY ${order}` }, 1000, call);
}

const column = async (c: Compiled, name: string): Promise<readonly Value[]> => {
  const id = c.columns.find((x) => x.name === name)!.id;
  return (await read(c.result)).map((row) => row[id]!);
};

const numbers = () =>
  table(
    [
      ['x', 'DOUBLE'],
      ['y', 'BIGINT'],
    ],
    ["'1.0', 10", "'-0.0', 20", "'nan', 30", 'NULL, 40', "'inf', NULL"],
  );

const times = (v: number) => ({ op: '*', args: [expr.col('x'), expr.double(v)] }) as const;
const over = (v: number) => ({ op: '/', args: [expr.col('x'), expr.double(v)] }) as const;
const lit = (text: string) => ({ type: 'VARCHAR', text });

const hits = async (rule: Expr): Promise<readonly Value[]> => {
  const c = compile(await numbers(), plan({ verb: 'drop-row', where: { rule } }));
  return (await read(c.quarantine, 'k')).map((r) => r['k']!);
};

const refused = async (t: Table, ...verbs: readonly Verb[]): Promise<string> => {
  try {
    compile(t, plan(...verbs));
  } catch (error) {
    expect(error).toMatchObject({ code: 'plan-refused' });
    return (error as Error).message;
  }
  return 'compiled';
};

describe('the row part', () => {
  it('drops by rule and keeps the source row in quarantine', async () => {
    const t = await numbers();
    const c = compile(t, plan({ verb: 'drop-row', where: { rule: expr.cmp('>=', expr.col('x'), expr.double(1)) } }));
    expect((await read(c.result)).map((r) => r['k'])).toEqual([1n, 2n, 3n]);
    expect(await read(c.quarantine, 'k')).toEqual([
      { k: 0n, c0: 1, c1: 10n },
      { k: 4n, c0: Infinity, c1: null },
    ]);
    expect((await read(c.changes, 'row_key')).map((r) => [r['row_key'], r['copy'], r['step'], r['verb']])).toEqual([
      [0n, 0, 1, 'drop-row'],
      [4n, 0, 1, 'drop-row'],
    ]);
    expect(c.rowsTouched).toBe(true);
    expect(c.inOrder).toBe(true);
  });

  it('adds up two repeats of a row, numbering copies by their step', async () => {
    const t = await numbers();
    const where = { rule: expr.cmp('=', expr.col('y'), expr.literal('BIGINT', '20')) };
    const c = compile(t, plan({ verb: 'repeat-row', where, times: 3 }, { verb: 'repeat-row', where, times: 2 }));
    const copies = (await read(c.result)).filter((r) => r['k'] === 1n).map((r) => r['copy']);
    expect(copies).toEqual([0, 4097, 4098, 8193]);
    expect((await read(c.changes, 'step')).map((r) => [r['row_key'], r['copy'], r['step']])).toEqual([
      [1n, 0, 1],
      [1n, 0, 2],
    ]);
    expect(c.inOrder).toBe(false);
  });

  it('weights into a column of its own, or into the study weight', async () => {
    const rule = { rule: expr.cmp('<', expr.col('x'), expr.double(5)) };
    const c = compile(await numbers(), plan({ verb: 'weight-row', where: rule, factor: 0.5 }));
    expect(c.weight).toBe('c2');
    expect(await column(c, 'assay_weight')).toEqual([0.5, 0.5, 1, 1, 1]);
    const own = await table(
      [
        ['x', 'DOUBLE'],
        ['w', 'DOUBLE'],
      ],
      ['1, 2', '9, 2'],
      { weight: 'w' },
    );
    const d = compile(own, plan({ verb: 'weight-row', where: rule, factor: 3 }));
    expect(await column(d, 'w')).toEqual([6, 2]);
    expect(d.weight).toBe('c1');
  });

  it('hits training rows only under the scope train-rows, and none under features', async () => {
    const t = await table([['x', 'DOUBLE']], ['1', '1', '1', '1'], { parts: [0, 1, 2, 3] });
    const both = plan(
      { verb: 'drop-row', where: { keys: await list(['0, 0', '2, 0']) } },
      { verb: 'set-cell', column: 'x', where: { all: true }, to: expr.double(2) },
    );
    const keys = async (scope: Scope) =>
      (await read(compile(t, both, scope).result)).map((r) => [r['k'], r['part'], r['c0']]);
    expect(await keys('train-rows')).toEqual([
      [1n, 1, 2],
      [2n, 2, 2],
      [3n, 3, 2],
    ]);
    expect(await keys('all')).toEqual([
      [1n, 1, 2],
      [3n, 3, 2],
    ]);
    expect((await keys('features')).length).toBe(4);
  });

  it('takes each value of a keyed list, copies included', async () => {
    const t = await table([['y', 'INTEGER']], ['1', '2'], { label: 'y' });
    const c = compile(
      t,
      plan(
        { verb: 'repeat-row', where: { all: true }, times: 2 },
        {
          verb: 'set-label',
          list: await list(['0, 4097, CAST(7 AS INTEGER)', '1, 0, CAST(NULL AS INTEGER)'], 'k, copy, value'),
        },
      ),
    );
    expect(await column(c, 'y')).toEqual([1, 7, null, 2]);
    expect(
      (await read(c.changes, 'step, row_key, copy'))
        .filter((r) => r['step'] === 2)
        .map((r) => [r['old_integer'], r['new_integer']]),
    ).toEqual([
      [1, 7],
      [2, null],
    ]);
  });

  it('leaves out a step whose list belongs to another source', async () => {
    const c = compile(await numbers(), plan({ verb: 'drop-row', where: { keys: { list: 'nowhere', of: 'other' } } }));
    expect(c.skipped).toEqual([1]);
    expect((await read(c.result)).length).toBe(5);
  });
});

describe('columns', () => {
  it('gives new ids, keeps data under a rename and quarantines a dropped source column', async () => {
    const t = await numbers();
    const c = compile(
      t,
      plan(
        { verb: 'rename-column', column: 'x', to: 'z' },
        { verb: 'add-column', column: 'x', type: 'DOUBLE', as: { op: '+', args: [expr.col('z'), expr.double(1)] } },
        { verb: 'set-cell', column: 'y', where: { all: true }, to: expr.literal('BIGINT', '0') },
        { verb: 'drop-column', column: 'y' },
      ),
    );
    expect(c.columns.map((x) => [x.id, x.name, x.type, x.touched])).toEqual([
      ['c0', 'z', 'DOUBLE', false],
      ['c2', 'x', 'DOUBLE', true],
    ]);
    expect((await read(c.quarantineColumns!, 'k')).map((r) => r['c1'])).toEqual([10n, 20n, 30n, 40n, null]);
    expect(await column(c, 'x')).toEqual([2, 1, NaN, null, Infinity]);
  });

  it('logs of a cast only what the cast back loses', async () => {
    const t = await table([['s', 'VARCHAR']], ["'1.5'", "'1.50'", "'x'", 'NULL', "''"]);
    const c = compile(t, plan({ verb: 'cast-column', column: 's', to: 'DOUBLE' }));
    expect(await column(c, 's')).toEqual([1.5, 1.5, null, null, null]);
    expect((await read(c.changes, 'row_key')).map((r) => [r['row_key'], r['old_varchar'], r['new_double']])).toEqual([
      [1n, '1.50', 1.5],
      [2n, 'x', null],
      [4n, '', null],
    ]);
  });

  it('logs every cell of a map without a way back, and only rounding losses of one with', async () => {
    const t = await table([['x', 'DOUBLE']], ['3', '0.1', '7']);
    const without = compile(t, plan({ verb: 'map-column', column: 'x', as: times(1000) }));
    expect((await read(without.changes, 'row_key')).length).toBe(3);
    const withInverse = compile(t, plan({ verb: 'map-column', column: 'x', as: over(1000), inverse: times(1000) }));
    const lost = [3, 0.1, 7].filter((x) => (x / 1000) * 1000 !== x);
    expect((await read(withInverse.changes, 'row_key')).map((r) => r['old_double'])).toEqual(lost);
  });

  it('looks up values, and turns the lookup round for the way back', async () => {
    const t = await table([['s', 'VARCHAR']], ["'a'", "'b'", "'c'", 'NULL']);
    const c = compile(
      t,
      plan({
        verb: 'map-column',
        column: 's',
        lookup: [
          [lit('a'), lit('A')],
          [lit('b'), lit('c')],
        ],
        other: 'keep',
      }),
    );
    expect(await column(c, 's')).toEqual(['A', 'c', 'c', null]);
    expect((await read(c.changes, 'row_key')).map((r) => [r['old_varchar'], r['new_varchar']])).toEqual([['c', 'c']]);
  });
});

describe('rules', () => {
  const x = expr.col('x');
  const nan = { lit: doubleLiteral(NaN) };
  it('is false with a NaN and unknown with a null', async () => {
    expect(await hits(expr.cmp('>', x, expr.double(-1)))).toEqual([0n, 1n, 4n]);
    expect(await hits({ not: expr.cmp('>', x, expr.double(-1)) })).toEqual([2n]);
    expect(await hits(expr.cmp('=', x, x))).toEqual([0n, 1n, 4n]);
    expect(await hits({ not: expr.cmp('=', x, nan) })).toEqual([0n, 1n, 2n, 4n]);
    expect(await hits(expr.cmp('<=', expr.double(0), x))).toEqual([0n, 1n, 4n]);
  });
  it('takes both zeros for equal', async () => {
    expect(await hits(expr.cmp('=', x, expr.double(0)))).toEqual([1n]);
    expect(await hits({ in: x, list: [doubleLiteral(0), doubleLiteral(NaN)] })).toEqual([1n]);
  });
  it('asks for nulls and NaN by name, never unknown', async () => {
    expect(await hits({ isNaN: x })).toEqual([2n]);
    expect(await hits({ not: { isNaN: x } })).toEqual([0n, 1n, 3n, 4n]);
    expect(await hits({ isNull: x })).toEqual([3n]);
    expect(await hits({ not: { in: x, list: [doubleLiteral(1)] } })).toEqual([1n, 2n, 3n, 4n]);
    expect(await hits({ in: x, list: [] })).toEqual([]);
  });
});

describe('refusals', () => {
  it('names the step and the reason', async () => {
    const t = await table(
      [
        ['x', 'DOUBLE'],
        ['y', 'INTEGER'],
        ['w', 'DOUBLE'],
      ],
      ['1, 1, 1'],
      { label: 'y', weight: 'w' },
    );
    const all = { all: true } as const;
    expect(await refused(t, { verb: 'drop-column', column: 'nope' })).toMatch(
      'Step 1 of the plan is refused: there is no column "nope"',
    );
    expect(await refused(t, { verb: 'set-cell', column: 'x', where: all, to: expr.literal('INTEGER', '1') })).toMatch(
      'a INTEGER is set into',
    );
    expect(
      await refused(t, {
        verb: 'set-cell',
        column: 'x',
        where: { rule: expr.cmp('=', expr.col('y'), expr.double(1)) },
        to: expr.double(1),
      }),
    ).toMatch('leakage');
    expect(await refused(t, { verb: 'add-column', column: 'z', type: 'DOUBLE', as: expr.col('w') })).toMatch('leakage');
    expect(
      await refused(t, { verb: 'drop-row', where: { rule: expr.cmp('=', expr.col('y'), expr.double(1)) } }),
    ).toMatch('compares INTEGER with DOUBLE');
    expect(await refused(t, { verb: 'rename-column', column: 'x', to: 'Y' })).toMatch('taken');
    expect(await refused(t, { verb: 'cast-column', column: 'x', to: 'HUGEINT' })).toMatch('HUGEINT');
    expect(
      await refused(t, { verb: 'set-cell', column: 'x', where: all, to: expr.literal('DECIMAL(4,2)', '123.4') }),
    ).toMatch('is not a DECIMAL(4,2)');
    expect(await refused(t, { verb: 'repeat-row', where: all, times: 1 })).toMatch('2..4096');
    expect(await refused(t, { verb: 'drop-column', column: 'y' })).toMatch('label');
    expect(await refused(t, { verb: 'set-cell', column: 'x', list: { list: 'l', of: 'h', type: 'FLOAT' } })).toMatch(
      'brings FLOAT',
    );
  });
});

describe('a user file with dictionaries and bloom filters', () => {
  it('is read right by a rule for zero', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'assay-bloom-'));
    const path = join(folder, 'zeros.parquet');
    // The engine's own writer, as other tools use it; ours leaves both out.
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const zeros = "CASE range % 50 WHEN 0 THEN CAST('-0.0' AS DOUBLE) WHEN 1 THEN 0.0 ELSE range % 40 + 1 END";
    await connection.run(`COPY (SELECT ${zeros} AS x FROM range(150000)) TO '${path}' (FORMAT parquet)`);
    connection.closeSync();
    instance.closeSync();
    const { relation } = await engine.attach({ files: [path], format: 'parquet', cache: folder }, call);
    const c = compile(
      { relation, roles: noRoles },
      plan({ verb: 'drop-row', where: { rule: expr.cmp('=', expr.col('x'), expr.double(0)) } }),
    );
    const count = await engine.rows({ sql: `SELECT count(*) AS n FROM (${c.quarantine.sql}) AS q` }, 1, call);
    expect(count).toEqual([{ n: 6000n }]);
    await rm(folder, { recursive: true });
  });
});
