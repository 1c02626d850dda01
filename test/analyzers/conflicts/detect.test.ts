import type { Engine } from '../../../src/core/engine.js';
import type { Evidence } from '../../../src/core/evidence.js';
import type { Run } from '../../../src/core/run.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conflicts } from '../../../analyzers/conflicts/index.js';
import { createRun } from '../../../src/core/run.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { hours, integers, numbers, smallStudy } from '../small-study.js';

let engine: Engine;
let run: Run;
beforeAll(async () => {
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine });
});
afterAll(async () => engine.close());

/** 400 honest rows and then the given ones: (feature, hour, label). */
async function detect(name: string, extra: readonly (readonly [number, number, number])[]): Promise<Evidence> {
  const honest = Array.from({ length: 400 }, (_, i) => [1000 + i, i, Number(i % 4 === 0)] as const);
  const all = [...honest, ...extra];
  const columns = [
    hours(
      'time',
      all.map((r) => r[1]),
    ),
    numbers(
      'x',
      all.map((r) => r[0]),
    ),
    integers(
      'y',
      all.map((r) => r[2]),
    ),
  ];
  return conflicts.detect(await smallStudy(name, columns, { label: 'y', time: 'time' }, run), run);
}

async function flagged(evidence: Evidence): Promise<[number, string][]> {
  if (evidence.flagged === null) return [];
  const rows = await engine.rows({ sql: `SELECT k, code FROM ${evidence.flagged.relation} ORDER BY k` }, 1000, run);
  return rows.map((r) => [Number(r['k']) - 400, String(r['code'])]);
}

describe('conflicts', () => {
  it('flags the negative of a click and its copy without one, and the outvoted of three', async () => {
    const evidence = await detect('same_moment', [
      [1, 5, 1],
      [1, 5, 0],
      [2, 6, 1],
      [2, 6, 1],
      [2, 6, 0],
      [3, 7, 0],
      [3, 7, 0],
      [3, 7, 1],
    ]);
    expect(await flagged(evidence)).toEqual([1, 4, 7].map((k) => [k, 'conflicts.same-moment']));
    expect(evidence.score).toBeCloseTo(3 / 408, 12);
  });

  it('calls late positives what they are, and flags the outdated negatives', async () => {
    const late = Array.from({ length: 20 }, (_, i) => [[i, i, 0] as const, [i, i + 9, 1] as const]).flat();
    const evidence = await detect('late', late);
    expect(evidence.findings.map((f) => f.code)).toEqual(['conflicts.delayed']);
    expect((await flagged(evidence)).map(([k]) => k)).toEqual(Array.from({ length: 20 }, (_, i) => 2 * i));
  });

  it('does not flag what chance explains', async () => {
    const alike = Array.from({ length: 200 }, (_, i) => [i % 40, i, Number((i * i + (i >> 3)) % 10 < 3)] as const);
    const evidence = await detect('alike', alike);
    expect(evidence.findings.map((f) => f.code)).toEqual(['conflicts.by-chance']);
    expect(evidence.flagged).toBeNull();
  });
});
