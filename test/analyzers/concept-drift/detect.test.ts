import type { Engine } from '../../../src/core/engine.js';
import type { Evidence } from '../../../src/core/evidence.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conceptDrift } from '../../../analyzers/concept-drift/index.js';
import { createRandom } from '../../../src/core/random.js';
import { createRun } from '../../../src/core/run.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { hours, integers, numbers, smallStudy } from '../small-study.js';

const rows = 12_000;
const random = createRandom(5);
const draw = (name: string): readonly number[] => {
  const fork = random.fork(name);
  return Array.from({ length: rows }, (_, i) => fork.at(i));
};

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

/** Ten days in which `taste` and `price` decide; from the seventh day on `taste` counts `late` times. */
function log(name: string, late: number, shift = 0): Promise<Study> {
  const isLate = (i: number): boolean => i >= 0.65 * rows;
  const taste = draw('taste').map((u, i) => 4 * u - 2 + (isLate(i) ? shift : 0));
  const price = draw('price').map((u) => 4 * u - 2);
  const click = draw('click').map((u, i) => {
    const logit = -1.5 + (isLate(i) ? late : 1) * taste[i]! - 0.5 * price[i]!;
    return Number(u < 1 / (1 + Math.exp(-logit)));
  });
  const columns = [
    hours(
      'time',
      Array.from({ length: rows }, (_, i) => (240 * i) / rows),
    ),
    integers('click', click),
    integers(
      'user',
      draw('user').map((u) => Math.floor(2000 * u)),
    ),
    numbers('taste', taste),
    numbers('price', price),
  ];
  return smallStudy(name, columns, { label: 'click', time: 'time', user: 'user', exclude: ['user'] }, run);
}

async function look(study: Study): Promise<Evidence> {
  return conceptDrift.detect(study, run);
}

describe('concept drift', () => {
  it('says what it could have seen where nothing turns, and where only the rows move', async () => {
    for (const [name, shift] of [
      ['still', 0],
      ['moved', 1],
    ] as const) {
      const { findings } = await look(await log(name, 1, shift));
      expect(findings).toMatchObject([{ code: 'concept-drift.steady', severity: 'note' }]);
      expect(Number(findings[0]!.args['high'])).toBeLessThan(0.05);
    }
  });

  it('names the column that turned, and offers to learn from the rows since', async () => {
    const study = await log('turned', -1);
    const evidence = await look(study);
    const args = { columns: ['taste'], from: '2026-01-12' };
    expect(evidence.findings).toMatchObject([{ code: 'concept-drift.moved', severity: 'problem', args }]);
    const repairs = typeof conceptDrift.repair === 'function' ? await conceptDrift.repair(study, evidence, run) : [];
    expect(repairs.map(({ id }) => id)).toEqual(['recent-window', 'weight-earlier-by-3']);
  });

  it('finds an effect that was lost', async () => {
    expect((await look(await log('lost', 0))).findings).toMatchObject([{ code: 'concept-drift.moved' }]);
  });

  it('cannot tell from a few rows', async () => {
    const few = await log('few', -1);
    const whole = { ...few.whole, name: 'few_rows', rows: 500 };
    await engine.write({ sql: 'SELECT * FROM few WHERE k < 500' }, { kind: 'table', name: 'few_rows' }, run);
    expect((await look({ ...few, whole, train: whole })).findings).toMatchObject([
      { code: 'concept-drift.cannot-tell' },
    ]);
  });
});
