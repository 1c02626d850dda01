import type { Engine, PutColumn } from '../../../src/core/engine.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leakage } from '../../../analyzers/leakage/index.js';
import { argText } from '../../../src/core/arg-text.js';
import { createRandom } from '../../../src/core/random.js';
import { createRun } from '../../../src/core/run.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { realStudy } from '../real-study.js';
import { hours, integers, numbers, smallStudy } from '../small-study.js';

let engine: Engine;
let run: Run;
beforeAll(async () => {
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine });
});
afterAll(async () => engine.close());

async function callsOn(study: Study): Promise<readonly string[]> {
  const { findings } = await leakage.detect(study, run);
  return findings.map(({ code, severity, args }) => `${severity} ${code} ${argText(args['column'])}`);
}

/** A log of 1,000 users whose own rates differ, with rates of each user computed in honest and in leaking ways. */
function log(rows: number): readonly PutColumn[] {
  const random = createRandom(5).fork('leaks');
  const draw = (name: string): ((i: number) => number) => {
    const fork = random.fork(name);
    return (i) => fork.at(i);
  };
  const [who, liking, click] = [draw('who'), draw('liking'), draw('click')];
  const user = Array.from({ length: rows }, (_, i) => Math.floor(1000 * who(i)));
  const y = user.map((u, i) => Number(click(i) < 0.02 + 0.5 * liking(u) ** 3));
  const of = (value: (before: number, after: number, own: number) => number): number[] => {
    const places = new Map<number, number[]>();
    user.forEach((u, i) => places.set(u, [...(places.get(u) ?? []), i]));
    const rates: number[] = [];
    for (const at of places.values()) {
      at.forEach((i, n) => {
        const [before, after, own] = [at.slice(0, n), at.slice(n + 1), at].map((some) => {
          return (some.reduce((sum, j) => sum + y[j]!, 0) + 1) / (some.length + 8);
        });
        rates[i] = value(before!, after!, own!);
      });
    }
    return rates;
  };
  return [
    hours(
      'time',
      user.map((_, i) => i / 20),
    ),
    integers('y', y),
    integers('user', user),
    numbers(
      'past',
      of((before) => before),
    ),
    numbers(
      'future',
      of((_, after) => after),
    ),
    numbers(
      'own',
      of((_, __, own) => own),
    ),
    numbers(
      'noise',
      user.map((_, i) => draw('noise')(i)),
    ),
  ];
}

describe('leakage', () => {
  it('asks about the duration of a call, known only after it, and about nothing else', async () => {
    expect(await callsOn(await realStudy('bank', run))).toEqual(['suspect leakage.strong duration']);
  });

  it('tells a rate of later events and one with its own label from an honest rate of the past', async () => {
    const study = await smallStudy('rates', log(12_000), { label: 'y', time: 'time', user: 'user' }, run);
    const calls = await callsOn(study);
    expect(calls).toContain('problem leakage.knows-later-labels future');
    expect(calls).toContain('problem leakage.own-label own');
    expect(calls.filter((call) => /past|noise|user$/.test(call))).toEqual([]);
  });

  it('asks about nulls that stand in one class only, and not about nulls that fall anywhere', async () => {
    const random = createRandom(6).fork('nulls');
    const [value, label, gone] = ['value', 'label', 'gone'].map((name) => random.fork(name));
    const rows = [...Array(4000).keys()];
    const y = rows.map((i) => Number(label!.at(i) < 0.2));
    const holed = (isNull: (i: number) => boolean): (number | null)[] =>
      rows.map((i) => (isNull(i) ? null : value!.at(i)));
    const study = await smallStudy(
      'nulls',
      [
        integers('y', y),
        numbers(
          'unwritten',
          holed((i) => y[i] === 0 && gone!.at(i) < 0.05),
        ),
        numbers(
          'anywhere',
          holed((i) => gone!.at(i) > 0.95),
        ),
        numbers(
          'few',
          holed((i) => y[i] === 0 && gone!.at(i) < 0.01),
        ),
      ],
      { label: 'y' },
      run,
    );
    expect(await callsOn(study)).toEqual(['suspect leakage.null-in-one-class unwritten']);
  });
});
