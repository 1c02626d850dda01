import type { Outcome } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Slice } from '../../src/core/slice.js';
import { describe, expect, it } from 'vitest';
import { labelNoise } from '../../analyzers/label-noise/index.js';
import { createRun } from '../../src/core/run.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { errorSlices } from '../../src/derived/slices/error-slices.js';
import { drawsOf, inEngine } from '../analyzers/in-engine.js';
import { integers, numbers, smallStudy } from '../analyzers/small-study.js';

const here = inEngine();

/** Labels that follow a number nearly everywhere; where source is 3 and device 1 they follow nothing if `broken`. */
async function found(name: string, broken: boolean, asked: Run = here.run): Promise<readonly Slice[] | null> {
  const rows = 8000;
  const draw = drawsOf(5, rows);
  const [amount, source, device, label] = ['amount', 'source', 'device', 'label'].map(draw) as [
    readonly number[],
    readonly number[],
    readonly number[],
    readonly number[],
  ];
  const [sources, devices] = [source.map((u) => Math.floor(u * 6)), device.map((u) => Math.floor(u * 4))];
  const click = label.map((u, i) => {
    const lost = broken && sources[i] === 3 && devices[i] === 1;
    return Number(u < (lost ? 0.5 : amount[i]! > 0.5 ? 0.92 : 0.08));
  });
  const columns = [
    integers('click', click),
    numbers('amount', amount),
    integers('source', sources),
    integers('device', devices),
  ];
  const study = await smallStudy(name, columns, { label: 'click' }, asked);
  const evidence = await labelNoise.detect(study, asked);
  expect(evidence.predictions).toBeTypeOf('string');
  const outcomes = new Map<string, Outcome>([['label-noise', { outcome: 'ok', evidence }]]);
  return errorSlices(study, outcomes, asked);
}

describe('slices of model error', () => {
  it('name where labels follow nothing, with its loss against that of the others', async () => {
    const slices = (await found('errors_broken', true))!;
    expect(slices.map((s) => s.slice)).toEqual(['device = 1, source = 3']);
    const [first] = slices;
    // A model that knows nothing of a fair coin has a loss of ln 2 there; the others have that of 8 wrong labels in 100.
    expect(first!.rate).toBeGreaterThan(0.6);
    expect(first!.lift).toBeGreaterThan(1.8);
    expect(first!.share).toBeLessThan(0.2);
    expect([first!.low < first!.rate, first!.rate < first!.high]).toEqual([true, true]);
  });

  it('are none where the model errs alike everywhere', async () => {
    expect(await found('errors_even', false)).toEqual([]);
  });

  it('are the same for one thread', async () => {
    const one = await createDuckDb({ threads: 1 });
    const alone = createRun({ engine: one, threads: 1 });
    expect(await found('errors_broken', true, alone)).toEqual(await found('errors_broken_again', true));
    await alone.close();
    await one.close();
  });

  it('are not known where no detector trained a model, and none is trained for them', async () => {
    const study = await smallStudy('errors_unknown', [integers('click', [0, 1, 1])], { label: 'click' }, here.run);
    const outcome: Outcome = { outcome: 'ok', evidence: { measurements: [], findings: [], flagged: null } };
    expect(await errorSlices(study, new Map([['duplicates', outcome]]), here.run)).toBeNull();
  });
});
