import type { Engine } from '../../src/core/engine.js';
import type { Outcome } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Slice } from '../../src/core/slice.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.js';
import { createRun } from '../../src/core/run.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { flaggedByDomain } from '../../src/derived/slices/by-domain.js';
import { numbers, smallStudy, texts } from '../analyzers/small-study.js';

let engine: Engine;
let run: Run;

beforeAll(async () => {
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine });
});
afterAll(async () => engine.close());

/** Rows of three shops; `share` of the rows of B are flagged, and 2% of all others. */
async function byShop(name: string, share: number, seed: number, domain = true): Promise<readonly Slice[] | undefined> {
  const random = createRandom(seed);
  const draw = (stream: string): readonly number[] => {
    const fork = random.fork(stream);
    return Array.from({ length: 9000 }, (_, i) => fork.at(i));
  };
  const shop = draw('shop').map((u) => (u < 0.6 ? 'A' : u < 0.9 ? 'B' : u < 0.99 ? "C'" : 'few'));
  const columns = [texts('shop', shop), numbers('x', draw('x'))];
  const study = await smallStudy(name, columns, domain ? { domain: 'shop' } : {}, run);
  const hit = draw('hit').flatMap((u, i) => (u < (shop[i] === 'B' ? share : 0.02) ? [BigInt(i)] : []));
  // Twice: cells of one row are one flagged row.
  const k = BigInt64Array.from([...hit, ...hit]);
  await engine.put(`${name}_flagged`, [{ name: 'k', type: 'BIGINT', values: k }], run);
  const evidence = { measurements: [], findings: [], flagged: { relation: `${name}_flagged`, rows: k.length } };
  const outcomes = new Map<string, Outcome>([['x', { outcome: 'ok', evidence }]]);
  return (await flaggedByDomain(study, outcomes, run))['x'];
}

describe('flagged rows by domain', () => {
  it('counts each row once, with the share, the lift over the others, and limits', async () => {
    const [first, ...others] = (await byShop('by_domain_more', 0.1, 1))!;
    expect(first).toMatchObject({ slice: 'shop = B', parts: [{ column: 'shop', part: 'B' }] });
    expect(first!.low).toBeLessThan(0.1);
    expect(first!.high).toBeGreaterThan(0.1);
    expect(first!.lift).toBeGreaterThan(3.5);
    expect(first!.lift).toBeLessThan(7);
    expect(first!.p).toBeLessThan(1e-6);
    expect(first!.share).toBeGreaterThan(0.5);
    // A domain of too few rows is not told of.
    expect(others.map(({ slice }) => slice).toSorted()).toEqual(['shop = A', "shop = C'"]);
  });

  it('shows no difference where there is none, in 19 of 20 seeds', async () => {
    let different = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const slices = (await byShop(`by_domain_even_${seed}`, 0.02, seed))!;
      if (slices.some(({ p }) => p <= 0.01)) different++;
    }
    expect(different).toBeLessThanOrEqual(1);
  });

  it('is nothing where no domain is named', async () => {
    expect(await byShop('by_domain_none', 0.1, 1, false)).toBeUndefined();
  });
});
