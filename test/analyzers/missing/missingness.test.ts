import type { Engine, PutColumn } from '../../../src/core/engine.js';
import type { Evidence } from '../../../src/core/evidence.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../../analyzers/missing/index.js';
import { createRun } from '../../../src/core/run.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { integers, numbers, smallStudy } from '../small-study.js';

let engine: Engine;
let run: Run;
beforeAll(async () => {
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine, threads: 2 });
});
afterAll(async () => {
  await run.close();
  await engine.close();
});

const rows = Array.from({ length: 4000 }, (_, i) => i);
const uniform = (i: number, stream: string): number => run.random.fork(`missingness-${stream}`).at(i);
const column = (name: string, isNull: (i: number) => boolean = () => false): PutColumn =>
  numbers(
    name,
    rows.map((i) => (isNull(i) ? null : uniform(i, name))),
  );
const labels = (): PutColumn =>
  integers(
    'label',
    rows.map((i) => Number(uniform(i, 'label') < 0.3)),
  );
const open = (name: string, columns: readonly PutColumn[], label?: string): Promise<Study> =>
  smallStudy(name, columns, label === undefined ? {} : { label }, run);

function named({ findings }: Evidence, code: string): readonly unknown[] {
  return findings.filter((f) => f.code === code).map((f) => f.args['column']);
}

function predicted({ measurements }: Evidence): ReadonlyMap<string, number> {
  return new Map(
    measurements.filter((m) => m.name === 'missing.predicted-auc').map((m) => [m.column ?? '', m.value] as const),
  );
}

/** Whether a cell is lost by a draw of its own. */
const chance =
  (share: number, stream: string) =>
  (i: number): boolean =>
    uniform(i, stream) < share;
const isLate = (i: number): boolean => uniform(i, 'age') > 0.7;
const isClicked = chance(0.3, 'label');

describe('nulls that other columns predict', () => {
  it('are told from nulls that fell by chance', async () => {
    const half = chance(0.5, 'draw');
    const late = column('late', (i) => isLate(i) && half(i));
    const study = await open('mar', [labels(), column('age'), late, column('chance', chance(0.15, 'chance'))], 'label');
    const evidence = await missing.detect(study, run);
    expect(named(evidence, 'missing.not-at-random')).toEqual(['late']);
    const aucs = predicted(evidence);
    expect(aucs.get('late')).toBeGreaterThan(0.85);
    expect(Math.abs(aucs.get('chance')! - 0.5)).toBeLessThan(0.05);
    const { args } = evidence.findings.find((f) => f.code === 'missing.not-at-random')!;
    expect(Math.abs(Number(args['shuffled']) - 0.5)).toBeLessThan(0.06);
    expect(args['low']).toBeLessThan(Number(args['auc']));
    expect(missing.sentences['missing.not-at-random']!(args)).toMatch(/^late is not null by chance.*cannot tell\.$/);
  });

  it('are not told by each other where they are null in the same rows, nor asked about where a rule explains them', async () => {
    const both = chance(0.2, 'both');
    const level = integers(
      'level',
      rows.map((i) => i % 8),
    );
    const ruled = column('ruled', (i) => i % 8 === 3);
    const study = await open('same', [level, ruled, column('a', both), column('b', both), column('c')]);
    const evidence = await missing.detect(study, run);
    expect([...predicted(evidence).keys()]).toEqual(['a', 'b']);
    expect(named(evidence, 'missing.not-at-random')).toEqual([]);
    expect(Math.abs(predicted(evidence).get('a')! - 0.5)).toBeLessThan(0.05);
  });

  it('are not asked about where there is no other column', async () => {
    const both = chance(0.2, 'lonely');
    const study = await open('lonely', [labels(), column('a', both), column('b', both)], 'label');
    expect(predicted(await missing.detect(study, run)).size).toBe(0);
  });

  it('are not asked about where the measurement is not wanted', async () => {
    const study = await open('unasked', [column('age'), column('late', isLate)]);
    const looking = createRun({ engine, threads: 2 });
    const evidence = await missing.detect(study, looking, new Set(['missing.share', 'missing.null-share']));
    await looking.close();
    expect(predicted(evidence).size).toBe(0);
    expect(named(evidence, 'missing.null')).toEqual(['late']);
  });
});

describe('nulls that tell the label', () => {
  it('are named with their shares, as a suspect where they tell it nearly whole', async () => {
    const most = chance(0.9, 'most');
    const columns = [
      labels(),
      column('some', (i) => uniform(i, 'some') < (isClicked(i) ? 0.1 : 0.4)),
      column('most', (i) => !isClicked(i) && most(i)),
      column('chance', chance(0.3, 'no')),
    ];
    const evidence = await missing.detect(await open('telling', columns, 'label'), run);
    const told = evidence.findings.filter((f) => f.code === 'missing.tells-label');
    expect(new Map(told.map((f) => [f.args['column'], f.severity]))).toEqual(
      new Map([
        ['most', 'suspect'],
        ['some', 'note'],
      ]),
    );
    const of = (name: string): number =>
      evidence.measurements.find((m) => m.name === 'missing.label-auc' && m.column === name)!.value;
    expect(of('some')).toBeCloseTo(0.65, 1);
    expect(of('most')).toBeCloseTo(0.95, 1);
    expect(Math.abs(of('chance') - 0.5)).toBeLessThan(0.02);
  });
});
