import type { Engine } from '../../../src/core/engine.js';
import type { Run } from '../../../src/core/run.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { text } from '../../../analyzers/text/index.js';
import { createRun } from '../../../src/core/run.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { smallStudy, texts } from '../small-study.js';

let engine: Engine;
let run: Run;
beforeAll(async () => {
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine });
});
afterAll(async () => engine.close());

const rows = [...Array(400).keys()];

async function callsOn(name: string, values: readonly string[]): Promise<readonly (readonly [string, unknown])[]> {
  const study = await smallStudy(name, [texts('t', values)], {}, run);
  return (await text.detect(study, run)).findings.map(({ code, args }) => [code, args['cells']]);
}

/** Of 6,000 cells 120 are blank and 300 damaged; the others are one of so many texts. */
function oftenDamaged(many: number): readonly string[] {
  return Array.from({ length: 6000 }, (_, i) =>
    i % 50 === 0 ? '' : i % 20 === 1 ? 'caf\u00C3\u00A9' : `caf\u00E9 ${i % many}`,
  );
}

describe('text', () => {
  it('names one sentence that stands in many cells of free text', async () => {
    const reviews = rows.map((i) =>
      i % 10 === 0 ? 'This item has no description yet.' : `The parcel number ${i} came after ${i % 9} days of rain.`,
    );
    expect(await callsOn('reviews', reviews)).toEqual([['text.boilerplate', 40]]);
  });

  it('takes neither hashed categories nor long level names for boilerplate', async () => {
    const hashes = rows.map((i) => `${'0123456789abcdef'.repeat(2)}${i % 5}`);
    expect(await callsOn('hashes', hashes)).toEqual([]);
    expect(
      await callsOn(
        'plans',
        rows.map((i) => `Bank transfer by standing order ${i % 4}`),
      ),
    ).toEqual([]);
  });

  it('names cells that were read in a wrong encoding, and blanks', async () => {
    const names = rows.map((i) => (i < 3 ? `cafÃ© ${i}` : i < 5 ? ' ' : `café ${i}`));
    expect(await callsOn('names', names)).toEqual([
      ['text.damaged', 3],
      ['text.blank', 2],
    ]);
  });

  it('counts a column of few texts, of which each is looked at once, as one of many', async () => {
    const counted = [
      ['text.damaged', 300],
      ['text.blank', 120],
    ];
    expect(await callsOn('few_texts', oftenDamaged(40))).toEqual(counted);
    expect(await callsOn('many_texts', oftenDamaged(4000))).toEqual(counted);
  });
});
