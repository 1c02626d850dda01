import type { PutColumn } from '../../src/core/engine.js';
import { expect, it } from 'vitest';
import { defects } from '../../analyzers/index.js';
import { audit } from '../../src/audit/audit.js';
import { createRandom } from '../../src/core/random.js';
import { createRun } from '../../src/core/run.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { hours, integers, numbers, smallStudy, texts } from '../analyzers/small-study.js';

const rows = 300;

/** 5,000 columns: numbers of which every tenth has nulls, codes, and texts. */
function columnsOf(): readonly PutColumn[] {
  const random = createRandom(4).fork('wide');
  const draw = (name: string): readonly number[] => {
    const fork = random.fork(name);
    return Array.from({ length: rows }, (_, i) => fork.at(i));
  };
  const amounts = Array.from({ length: 4000 }, (_, i) => {
    const values = draw(`amount${i}`);
    return numbers(
      `amount${i}`,
      values.map((u, row) => (i % 10 === 0 && values[(row + 1) % rows]! < 0.3 ? null : Math.round(u * 1e4))),
    );
  });
  const codes = Array.from({ length: 400 }, (_, i) =>
    integers(
      `code${i}`,
      draw(`code${i}`).map((u) => Math.floor(u * 5)),
    ),
  );
  const words = Array.from({ length: 598 }, (_, i) =>
    texts(
      `word${i}`,
      draw(`word${i}`).map((u) => ['Lisbon', 'Oslo', 'Graz', 'Verona'][Math.floor(u * 4)]!),
    ),
  );
  const label = integers(
    'click',
    draw('click').map((u) => Number(u < 0.4)),
  );
  const time = hours(
    'time',
    draw('time').map((_, i) => i),
  );
  return [label, time, ...amounts, ...codes, ...words];
}

it(
  '5,000 columns are looked at within stated caps, and what was left out is said',
  { timeout: 1_200_000 },
  async () => {
    const engine = await createDuckDb({ threads: 2 });
    const run = createRun({ engine, threads: 2 });
    const study = await smallStudy('wide', columnsOf(), { label: 'click', time: 'time' }, run);
    expect(study.train.columns).toHaveLength(5000);
    // What trains anyway is in the bench: its trainings see every column, which takes minutes.
    const looking = defects.filter(({ trains }) => !trains);
    const found = await audit(study, looking, run);
    const ended = [...found].filter(([, { outcome }]) => outcome !== 'ok' && outcome !== 'not-applicable');
    expect(ended).toEqual([]);
    const notes = [...found.values()].flatMap((o) =>
      o.outcome === 'ok' ? o.evidence.findings.filter(({ code }) => /\.not-(looked-at|compared)$/.test(code)) : [],
    );
    expect(notes.map(({ code }) => code).toSorted()).toEqual([
      'constants.not-compared',
      'dirty-cells.not-looked-at',
      'leakage.not-compared',
      'missing.not-looked-at',
      'outliers.not-looked-at',
    ]);
    // 400 columns have nulls: what models are asked about is bounded by the cells they would see.
    const { args } = notes.find(({ code }) => code === 'missing.not-looked-at')!;
    expect(args['followed']).toBe(300);
    expect(Number(args['notAsked'])).toBeGreaterThanOrEqual(380);
    for (const name of ['together', 'ruled']) expect(Number(args[name])).toBeGreaterThan(4000);
    await run.close();
    await engine.close();
  },
);
