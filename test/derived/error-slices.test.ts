import type { Outcome } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Slice } from '../../src/core/slice.js';
import { describe, expect, it } from 'vitest';
import { labelNoise } from '../../analyzers/label-noise/index.js';
import { createRun } from '../../src/core/run.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { errorSlices } from '../../src/derived/slices/error-slices.js';
import { drawsOf, inEngine } from '../analyzers/in-engine.js';
import { hours, integers, numbers, smallStudy } from '../analyzers/small-study.js';

const here = inEngine();

/** In which cell labels follow nothing: one of a day, which no feature tells, or one of features, or none. */
type Broken = 'day' | 'features' | 'nothing';

/** Labels that follow a number but in the broken cell. */
async function found(name: string, broken: Broken, asked: Run = here.run): Promise<readonly Slice[] | null> {
  const rows = 8000;
  const draw = drawsOf(5, rows);
  const [amount, source, device, label] = ['amount', 'source', 'device', 'label'].map(draw) as [
    readonly number[],
    readonly number[],
    readonly number[],
    readonly number[],
  ];
  const [sources, devices] = [source.map((u) => Math.floor(u * 6)), device.map((u) => Math.floor(u * 4))];
  const hour = sources.map((_, i) => Math.floor((i / rows) * 240));
  const click = label.map((u, i) => {
    const lost = { day: Math.floor(hour[i]! / 24) === 3, features: devices[i] === 1, nothing: false }[broken];
    return Number(u < (lost && sources[i] === 3 ? 0.5 : amount[i]! > 0.5 ? 0.92 : 0.08));
  });
  const columns = [
    integers('click', click),
    numbers('amount', amount),
    integers('source', sources),
    integers('device', devices),
    hours('time', hour),
  ];
  const study = await smallStudy(name, columns, { label: 'click', time: 'time' }, asked);
  const evidence = await labelNoise.detect(study, asked);
  expect(evidence.predictions).toBeTypeOf('string');
  const outcomes = new Map<string, Outcome>([['label-noise', { outcome: 'ok', evidence }]]);
  return errorSlices(study, outcomes, asked);
}

describe('slices of model error', () => {
  it('name where labels follow nothing, with its loss over what the model foretells', async () => {
    const slices = (await found('errors_broken', 'day'))!;
    expect(slices).toHaveLength(1);
    const [first] = slices;
    expect(first!.parts.map(({ column }) => column).toSorted()).toEqual(['source', 'time']);
    expect(first!.slice).toMatch(/source = 3/);
    // Sure of 8 and 92 in 100, a model has half of a fair coin wrong: .5 (-ln .08 - ln .92) = 1.3, where it foretells .28.
    expect(first!.rate).toBeGreaterThan(0.9);
    expect(first!.lift).toBeGreaterThan(3);
    expect(first!.share).toBeLessThan(0.2);
    expect([first!.low < first!.rate, first!.rate < first!.high]).toEqual([true, true]);
  });

  it('are none where the model errs alike everywhere, or knows where labels follow nothing', async () => {
    expect(await found('errors_even', 'nothing')).toEqual([]);
    expect(await found('errors_known', 'features')).toEqual([]);
  });

  it('are the same for one thread', async () => {
    const one = await createDuckDb({ threads: 1 });
    const alone = createRun({ engine: one, threads: 1 });
    expect(await found('errors_broken', 'day', alone)).toEqual(await found('errors_broken_again', 'day'));
    await alone.close();
    await one.close();
  });

  it('are not known where no detector trained a model, and none is trained for them', async () => {
    const study = await smallStudy('errors_unknown', [integers('click', [0, 1, 1])], { label: 'click' }, here.run);
    const outcome: Outcome = { outcome: 'ok', evidence: { measurements: [], findings: [], flagged: null } };
    expect(await errorSlices(study, new Map([['duplicates', outcome]]), here.run)).toBeNull();
  });
});
