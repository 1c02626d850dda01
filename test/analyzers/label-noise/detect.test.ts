import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../../src/core/engine.js';
import type { Evidence } from '../../../src/core/evidence.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import { excessesOf } from '../../../analyzers/label-noise/excess.js';
import { labelNoise } from '../../../analyzers/label-noise/index.js';
import { createRun } from '../../../src/core/run.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { plantedStudy, type Planted } from './planted.js';

/** The model of these tests is perfect: what it says of each row is put here. */
const known = vi.hoisted(() => new Map<string, { readonly p: Float64Array; readonly label: Int32Array }>());
vi.mock('../../../src/derived/out-of-fold.js', () => ({
  outOfFold: async (study: Study, run: Run) => {
    const { p, label } = known.get(study.train.name)!;
    const keys = BigInt64Array.from(p, (_, row) => BigInt(row));
    const table = `p_of_${study.train.name}`;
    const columns = [
      { name: 'k', type: 'BIGINT', values: keys },
      { name: 'p', type: 'DOUBLE', values: p },
      { name: 'y', type: 'INTEGER', values: label },
    ] as const;
    await run.engine.put(table, columns, run);
    return { keys, p, table };
  },
}));

let engine: Engine;
let run: Run;
beforeAll(async () => {
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine });
});
afterAll(() => engine.close());

async function look(options: Parameters<typeof plantedStudy>[2]): Promise<Planted & { evidence: Evidence }> {
  const planted = await plantedStudy(engine, run, options);
  known.set(planted.study.train.name, planted);
  return { ...planted, evidence: await labelNoise.detect(planted.study, run) };
}

const codes = (evidence: Evidence): readonly string[] => evidence.findings.map((finding) => finding.code);
const measure = (evidence: Evidence, name: string): number =>
  evidence.measurements.find((m) => m.name === `label-noise.${name}`)!.value;

const bots = { rows: 20_000, days: 20, rate: 0.1, seed: 2 } as const;
const inBots = (source: number, day: number): boolean => source === 3 && day >= 6 && day <= 11;
const withBots = {
  ...bots,
  relabel: (row: { label: number; source: number; day: number; draw: number }): number =>
    inBots(row.source, row.day) && row.draw < 0.4 ? 1 : row.label,
};

describe('label-noise on a slice of false clicks', () => {
  it('names the column, the value and the days, first', async () => {
    const { evidence } = await look(withBots);
    expect(codes(evidence)[0]).toBe('label-noise.hot-slice');
    expect(codes(evidence).filter((code) => code === 'label-noise.hot-slice')).toHaveLength(1);
    const { args, severity } = evidence.findings[0]!;
    expect(severity).toBe('problem');
    expect(args).toMatchObject({
      column: 'the source',
      value: '3',
      column2: null,
      from: Date.UTC(2026, 0, 11) / 1000,
      to: Date.UTC(2026, 0, 17) / 1000,
    });
    expect(labelNoise.sentences['label-noise.hot-slice']!(args)).toMatch(
      /^the source = 3 from 2026-01-11 to 2026-01-16: \d+ positives in 1,\d+ rows where the model expects \d+ \(z \d+/,
    );
  });

  it('flags the positives of the slice and counts the excess', async () => {
    const { evidence, label, source, day, p } = await look(withBots);
    const rows = await engine.rows(
      { sql: `SELECT k FROM ${evidence.flagged!.relation} WHERE code = 'label-noise.in-hot-slice' ORDER BY k` },
      20_000,
      run,
    );
    const expected = Array.from(label.keys()).filter((row) => label[row] === 1 && inBots(source[row]!, day[row]!));
    expect(rows.map((row) => Number(row['k']))).toEqual(expected);
    const mean = Array.from(p.keys())
      .filter((row) => inBots(source[row]!, day[row]!))
      .reduce((sum, row) => sum + p[row]!, 0);
    expect(measure(evidence, 'hot-excess')).toBeCloseTo(expected.length - mean, 3);
  });

  it('offers to drop the slice by rule, and the naive repairs beside it', async () => {
    const { study, evidence } = await look(withBots);
    const repairs = typeof labelNoise.repair === 'function' ? await labelNoise.repair(study, evidence, run) : [];
    expect(repairs.map((r) => r.id)).toEqual([
      'drop-hot-cells',
      'drop-suspects-10',
      'weight-suspects',
      'relabel-suspects-30',
      'drop-suspects-10-day-folds',
    ]);
    expect(repairs[0]!.plan.steps).toEqual([
      {
        id: 1,
        defect: 'label-noise',
        code: 'drop-hot-cells',
        verb: 'drop-row',
        where: {
          rule: {
            and: [
              { cmp: '=', args: [{ col: 'the source' }, { lit: { type: 'INTEGER', text: '3' } }] },
              { cmp: '>=', args: [{ col: 'time' }, { lit: { type: 'TIMESTAMP', text: '2026-01-11 00:00:00' } }] },
              { cmp: '<', args: [{ col: 'time' }, { lit: { type: 'TIMESTAMP', text: '2026-01-17 00:00:00' } }] },
            ],
          },
        },
      },
    ]);
    expect(repairs[0]!.title).toBe('Drop the rows of the source = 3 from 2026-01-11 to 2026-01-16');
  });

  it('gives as much again in the same slice', async () => {
    const { study, evidence, label, source, day } = await look(withBots);
    const [again] = labelNoise.again(evidence);
    expect(again!.mechanism).toBe('slice');
    const placed = labelNoise.with(again!.options!);
    if ('unsupported' in placed.inject) throw new Error('slice must be there');
    const injection = await placed.inject.find((m) => m.name === 'slice')!.inject(study, run, {});
    if ('unsupported' in injection) throw new Error(injection.unsupported);
    const honest = Array.from(label.keys()).filter((row) => label[row] === 0 && inBots(source[row]!, day[row]!));
    expect(injection.eligible).toBe(honest.length);
    expect(again!.dose * injection.eligible).toBeCloseTo(measure(evidence, 'hot-excess'), 3);
  });
});

describe('label-noise on clean labels', () => {
  it('calls nothing and offers nothing', async () => {
    const { study, evidence } = await look(bots);
    expect(evidence.findings.every((finding) => finding.severity === 'note')).toBe(true);
    expect(codes(evidence)).toContain('label-noise.quiet');
    expect(measure(evidence, 'share')).toBe(0);
    const repairs = typeof labelNoise.repair === 'function' ? await labelNoise.repair(study, evidence, run) : [];
    expect(repairs).toEqual([]);
    expect(labelNoise.again(evidence)).toEqual([]);
  });

  it('lists the most doubted percent of each given label for review', async () => {
    const { evidence, label } = await look(bots);
    const positives = label.filter((y) => y === 1).length;
    expect(evidence.flagged!.rows).toBe(Math.ceil(positives / 100) + Math.ceil((label.length - positives) / 100));
    expect(evidence.score).toBeCloseTo(evidence.flagged!.rows / label.length, 12);
  });

  it('says that lost positives cannot be found where positives are rare', async () => {
    const { evidence, label } = await look({ rows: 20_000, days: 20, rate: 0.01, seed: 3 });
    expect(codes(evidence)).toContain('label-noise.lost-positives-unknown');
    expect(evidence.flagged!.rows).toBe(Math.ceil(label.filter((y) => y === 1).length / 100));
    expect(measure(evidence, 'r10-upper')).toBeGreaterThan(0.5);
    expect(measure(evidence, 'r01-upper')).toBeLessThan(0.002);
  });
});

describe('label-noise on labels a sure model disbelieves', () => {
  it('calls about as many as were flipped', async () => {
    const sure = await plantedStudy(engine, run, { rows: 10_000, days: 10, rate: 0.3, seed: 4 });
    const p = Float64Array.from(sure.p, (_, row) => (sure.label[row] === 1 ? 0.999 : 0.001));
    const flipped = await look({
      rows: 10_000,
      days: 10,
      rate: 0.3,
      seed: 4,
      relabel: (row) => (row.draw < 0.01 ? 1 - row.label : row.label),
    });
    known.set(flipped.study.train.name, { p, label: flipped.label });
    const evidence = await labelNoise.detect(flipped.study, run);
    const wrong = flipped.label.filter((y, row) => y !== sure.label[row]).length;
    const called = measure(evidence, 'excess-positive') + measure(evidence, 'excess-negative');
    expect(called).toBeGreaterThan(0.8 * wrong);
    expect(called).toBeLessThan(1.1 * wrong);
    expect(labelNoise.again(evidence).map((a) => a.mechanism)).toContain('false-positives');

    // Two probabilities, so one cut: the rows of .001, and for the other label those of .999.
    const [positive, negative] = await excessesOf(evidence.predictions!, null, run);
    for (const [excess, label] of [
      [positive, 1],
      [negative, 0],
    ] as const) {
      const doubted = Array.from(p.keys()).filter((row) => sure.label[row] !== label);
      const found = doubted.filter((row) => flipped.label[row] === label).length;
      const expected = 0.001 * doubted.length;
      expect(excess).toMatchObject({ label, found, called: Math.round(found - expected) });
      expect(excess.expected).toBeCloseTo(expected, 4);
      expect(excess.z).toBeCloseTo((found - expected) / Math.sqrt(0.999 * expected + 1), 4);
    }
  });
});

describe('label-noise without enough', () => {
  it.each([
    ['no rows', 0],
    ['one row', 1],
    ['one class', 400],
  ])('is quiet on %s', async (_, rows) => {
    const { evidence, study } = await look({ rows, days: 4, rate: 0, seed: 5 });
    expect(codes(evidence)).toEqual(['label-noise.too-few']);
    expect(evidence.flagged).toBeNull();
    const repairs = typeof labelNoise.repair === 'function' ? await labelNoise.repair(study, evidence, run) : [];
    expect(repairs).toEqual([]);
  });
});
