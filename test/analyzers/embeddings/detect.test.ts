import type { Engine, PutColumn } from '../../../src/core/engine.js';
import type { Evidence } from '../../../src/core/evidence.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embeddings } from '../../../analyzers/embeddings/index.js';
import { audit } from '../../../src/audit/audit.js';
import { createRandom } from '../../../src/core/random.js';
import { createRun } from '../../../src/core/run.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { integers, numbers, smallStudy } from '../small-study.js';

let engine: Engine;
let run: Run;
beforeAll(async () => {
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine });
});
afterAll(async () => engine.close());

const rows = Array.from({ length: 6000 }, (_, i) => i);
const items = 500;
const width = 12;

/** A Gaussian vector of an item, drawn by its number; norms spread as those of popular and rare items do. */
function vectorOf(item: number, seed: number): number[] {
  const random = createRandom(seed).fork(`vector-${item}`);
  const length = Math.exp(0.3 * normal(random.at(1000), random.at(1001)));
  return Array.from({ length: width }, (_, j) => length * normal(random.at(2 * j), random.at(2 * j + 1)));
}

function normal(a: number, b: number): number {
  return Math.sqrt(-2 * Math.log(1 - a)) * Math.cos(2 * Math.PI * b);
}

const itemOf = (i: number): number => Math.floor(items * createRandom(3).fork('item').at(i) ** 2);

function vectors(of: (i: number) => readonly (number | null)[] | null, type = 'FLOAT[]'): PutColumn {
  const texts = rows.map((i) => {
    const vector = of(i);
    return vector === null ? null : `[${vector.map((x) => (x === null ? 'NULL' : String(x))).join(', ')}]`;
  });
  return { name: 'vector', type, values: texts };
}

/** The study with `vector`, whose items are users where `role` says so, or have no role. */
async function study(name: string, column: PutColumn, role: 'user' | 'none' = 'user'): Promise<Study> {
  const columns = [integers('item', rows.map(itemOf)), column];
  return smallStudy(name, columns, role === 'user' ? { user: 'item' } : {}, run);
}

async function keysOf({ flagged }: Evidence, code: string): Promise<number[]> {
  if (flagged === null) return [];
  const sql = `SELECT k FROM ${flagged.relation} WHERE code = '${code}' AND column_name = 'vector' ORDER BY k`;
  return (await engine.rows({ sql }, 10_000, run)).map((row) => Number(row['k']));
}

/** A normalised vector, or none in one row of ten. */
function unitOf(i: number): number[] | null {
  if (i % 10 === 0) return null;
  const vector = vectorOf(itemOf(i), 4);
  const norm = Math.hypot(...vector);
  return vector.map((x) => x / norm);
}

describe('embeddings', () => {
  it('is quiet on honest vectors that repeat by item, whatever the seed, the type and the roles', async () => {
    for (const seed of [1, 2, 3]) {
      for (const role of ['user', 'none'] as const) {
        const honest = vectors((i) => vectorOf(itemOf(i), seed), seed === 2 ? 'DOUBLE[]' : 'FLOAT[]');
        const evidence = await embeddings.detect(await study(`honest_${seed}_${role}`, honest, role), run);
        expect(evidence).toMatchObject({ findings: [], score: 0, flagged: null });
      }
    }
  });

  it('is quiet on normalised vectors, and on a null where there is no vector', async () => {
    const evidence = await embeddings.detect(await study('unit', vectors(unitOf)), run);
    expect(evidence).toMatchObject({ findings: [], flagged: null });
  });

  it('flags each vector that cannot be, once, under what is wrong with it', async () => {
    const broken = new Map<number, (vector: number[]) => (number | null)[]>([
      [10, (v) => v.slice(0, 6)],
      [11, () => []],
      [20, (v) => v.map((x, j) => (j === 3 ? Number.NaN : x))],
      [21, (v) => v.map((x, j) => (j === 0 ? Infinity : x))],
      [22, (v) => v.map((x, j) => (j === 0 ? null : x))],
      [30, (v) => v.map(() => 0)],
      [40, (v) => v.map((x) => 1000 * x)],
      [41, (v) => v.map((x) => x / 1000)],
    ]);
    const of = (i: number): (number | null)[] => {
      const vector = vectorOf(itemOf(i), 5);
      if (i >= 100 && i < 140) return vectorOf(items, 5);
      return broken.get(i)?.(vector) ?? vector;
    };
    const evidence = await embeddings.detect(await study('broken', vectors(of)), run);
    expect(evidence.findings.map(({ code, severity, args }) => [code, severity, args['cells']])).toEqual([
      ['embeddings.length', 'problem', 2],
      ['embeddings.broken', 'problem', 3],
      ['embeddings.zero', 'suspect', 1],
      ['embeddings.norm', 'suspect', 2],
      ['embeddings.repeats', 'suspect', 40],
    ]);
    expect(await keysOf(evidence, 'embeddings.length')).toEqual([10, 11]);
    expect(await keysOf(evidence, 'embeddings.broken')).toEqual([20, 21, 22]);
    expect(await keysOf(evidence, 'embeddings.zero')).toEqual([30]);
    expect(await keysOf(evidence, 'embeddings.norm')).toEqual([40, 41]);
    expect(await keysOf(evidence, 'embeddings.repeats')).toEqual(Array.from({ length: 40 }, (_, i) => 100 + i));
    expect(evidence.flagged?.rows).toBe(48);
    expect(evidence.score).toBeCloseTo(48 / 6000, 12);
  });

  it('takes lists of many lengths for no vectors, and needs a column of them at all', async () => {
    const ragged = vectors((i) => Array.from({ length: 1 + (i % 9) }, () => i));
    const { findings } = await embeddings.detect(await study('ragged', ragged), run);
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([['embeddings.no-length', 'note']]);
    const plain = await smallStudy('plain', [numbers('x', [1, 2, 3])], {}, run);
    const outcome = (await audit(plain, [embeddings], run)).get('embeddings');
    expect(outcome).toMatchObject({ outcome: 'not-applicable', reason: expect.stringContaining('column of vectors') });
  });
});
