import type { Engine } from '../../../src/core/engine.js';
import type { Evidence } from '../../../src/core/evidence.js';
import type { Run } from '../../../src/core/run.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../../analyzers/missing/index.js';
import { createRun } from '../../../src/core/run.js';
import { compilePlan } from '../../../src/dataset/sql/plan/compile.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { hours, integers, numbers, smallStudy, texts } from '../small-study.js';

let engine: Engine;
let run: Run;
beforeAll(async () => {
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine });
});
afterAll(async () => engine.close());

const rows = Array.from({ length: 4800 }, (_, i) => i);
const uniform = (i: number, salt: number): number => run.random.fork(`test-${salt}`).at(i);

async function keysOf(evidence: Evidence, code: string): Promise<number[]> {
  if (evidence.flagged === null) return [];
  const sql = `SELECT k FROM ${evidence.flagged.relation} WHERE code = '${code}' ORDER BY k`;
  return (await engine.rows({ sql }, 10_000, run)).map((row) => Number(row['k']));
}

describe('missing', () => {
  it('names the one-column rule of a structural null, and flags its rows', async () => {
    const tenure = rows.map((i) => i % 73);
    const charges = rows.map((i) => (tenure[i] === 0 ? null : uniform(i, 1) * 100));
    const columns = [
      integers('tenure', tenure),
      numbers('charges', charges),
      texts(
        'plan',
        rows.map((i) => 'abc'[i % 3]!),
      ),
    ];
    const evidence = await missing.detect(await smallStudy('structural', columns, {}, run), run);
    const blank = rows.filter((i) => tenure[i] === 0);
    expect(evidence.findings).toEqual([
      {
        code: 'missing.structural',
        severity: 'note',
        args: { column: 'charges', value: null, cells: blank.length, rule: [{ column: 'tenure', value: '0' }] },
      },
    ]);
    expect(await keysOf(evidence, 'missing.structural')).toEqual(blank);
  });

  it('tells once what is lost again and again, and no outage', async () => {
    const time = rows.map((i) => (i * 24 * 60) / rows.length);
    const lost = rows.map((i) => Math.floor(time[i]! / 24) % 4 === 3 && uniform(i, 5) < 0.6);
    const columns = [
      hours('time', time),
      numbers(
        'pressure',
        rows.map((i) => (lost[i] ? null : 1000 + uniform(i, 6))),
      ),
    ];
    const { findings } = await missing.detect(await smallStudy('recurring', columns, { time: 'time' }, run), run);
    const told = findings.filter(({ severity }) => severity !== 'note');
    expect(told.map(({ code, args }) => [code, args['stretches']])).toEqual([['missing.recurring', 15]]);
    expect(missing.sentences['missing.recurring']!(told[0]!.args)).toMatch(
      /^pressure is null again and again: in 15 stretches of time from 2026-01-08 to 2026-03-05, [56]\d% of the rows/,
    );
  });

  it('finds a block of zeros by its exact days and slice, though a tenth of the other cells are honest zeros', async () => {
    const time = rows.map((i) => (i * 480) / rows.length);
    const version = rows.map((i) => Math.floor(3 * uniform(i, 2)));
    const lost = rows.map((i) => version[i] === 1 && time[i]! >= 24 * 8 && time[i]! < 24 * 11);
    const value = rows.map((i) => (lost[i] || uniform(i, 3) < 0.1 ? 0 : 0.02 + uniform(i, 4)));
    const columns = [hours('time', time), integers('version', version), numbers('relevance', value)];
    const study = await smallStudy('block', columns, { time: 'time' }, run);
    const evidence = await missing.detect(study, run);
    expect(evidence.findings.map((f) => f.code)).toEqual(['missing.outage']);
    expect(evidence.findings[0]!.args).toMatchObject({
      column: 'relevance',
      value: '0',
      slice: 'version',
      level: '1',
      from: '2026-01-13 00:00:00',
      to: '2026-01-16 00:00:00',
      last: '2026-01-15',
    });
    const cells = rows.filter((i) => lost[i]);
    expect(await keysOf(evidence, 'missing.outage')).toEqual(cells);
    expect(evidence.score).toBeCloseTo(cells.length / (rows.length * 3), 12);
    if (typeof missing.repair !== 'function') throw new Error('no repair');
    const repairs = await missing.repair(study, evidence, run);
    expect(repairs.map((r) => r.id)).toEqual(['null-outage', 'median-outage', 'drop-outage']);
    const { changes } = compilePlan(study.whole, repairs[0]!.plan, {
      roles: study.roles,
      dialect: engine.dialect,
      scope: 'all',
    });
    const changed = await engine.rows({ sql: `SELECT row_key FROM (${changes.sql}) ORDER BY row_key` }, 10_000, run);
    expect(changed.map((row) => Number(row['row_key']))).toEqual(cells);
  });

  it('finds words in any spelling, and a slice in which they pile up', async () => {
    const source = rows.map((i) => 'abcd'[i % 4]!);
    const contact = rows.map((i) =>
      source[i] === 'd' && uniform(i, 5) < 0.6 ? ['Unknown', ' unknown ', 'UNKNOWN'][i % 3]! : 'phone',
    );
    const evidence = await missing.detect(
      await smallStudy('words', [texts('source', source), texts('contact', contact)], {}, run),
      run,
    );
    expect(evidence.findings.map((f) => [f.code, f.args['column']])).toEqual([
      ['missing.disguised', 'contact'],
      ['missing.slice', 'contact'],
    ]);
    expect(evidence.findings[1]!.args).toMatchObject({ slice: 'source', level: 'd', value: 'unknown' });
    expect(evidence.flagged?.rows).toBe(contact.filter((v) => v !== 'phone').length);
  });

  it.each([
    [0.1, 'suspect'],
    [0.9, 'note'],
  ])('takes a word of %f of the rows as a %s: one that most hold may be an answer', async (share, severity) => {
    const damage = rows.map((i) => (uniform(i, 11) < share ? 'None' : ['minor', 'substantial'][i % 2]!));
    const evidence = await missing.detect(
      await smallStudy(`word_${100 * share}`, [texts('damage', damage)], {}, run),
      run,
    );
    expect(evidence.findings.map((f) => [f.code, f.severity])).toEqual([['missing.disguised', severity]]);
  });

  it('says which columns are null together, and survives names that are SQL', async () => {
    const name = `a"; DROP TABLE x; --'`;
    const empty = rows.map((i) => (i % 50 === 7 ? null : uniform(i, 6)));
    const columns = [
      numbers(name, empty),
      numbers('b', empty),
      numbers(
        'c',
        rows.map((i) => uniform(i, 7)),
      ),
    ];
    const evidence = await missing.detect(await smallStudy('together', columns, {}, run), run);
    expect(evidence.findings.at(-1)).toMatchObject({
      code: 'missing.together',
      args: { columns: [name, 'b'], cells: 96 },
    });
    expect(await keysOf(evidence, 'missing.null')).toHaveLength(192);
  });
});
