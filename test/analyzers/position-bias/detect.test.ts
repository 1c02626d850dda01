import type { Evidence } from '../../../src/core/evidence.js';
import type { Repair } from '../../../src/core/defect.js';
import type { Study } from '../../../src/core/study.js';
import { describe, expect, it } from 'vitest';
import { positionBias } from '../../../analyzers/position-bias/index.js';
import { drawsOf, inEngine } from '../in-engine.js';
import { integers, smallStudy, texts } from '../small-study.js';

const here = inEngine();

const rows = 20_000;
const draw = drawsOf(9, rows);

interface Law {
  /** Chance of a click of an item (0 .. 9, the best 9) at a place (1 .. 5). */
  readonly rate: (item: number, place: number) => number;
  /** Place of an item, from a uniform draw. */
  readonly place: (item: number, u: number) => number;
  readonly isText?: boolean;
}

async function log(name: string, { rate, place, isText = false }: Law): Promise<Study> {
  const item = draw('item').map((u) => Math.floor(10 * u));
  const places = draw('place').map((u, i) => place(item[i]!, u));
  const click = draw('click').map((u, i) => Number(u < rate(item[i]!, places[i]!)));
  const position = isText
    ? texts(
        'position',
        places.map((p) => `slot ${p}`),
      )
    : integers('position', places);
  const study = await smallStudy(
    name,
    [integers('click', click), integers('item', item), position],
    { label: 'click' },
    here.run,
  );
  const named = (column: string) => study.whole.columns.find((c) => c.name === column)!;
  return { ...study, roles: { ...study.roles, item: named('item'), position: named('position') } };
}

const look = (study: Study): Promise<Evidence> => positionBias.detect(study, here.run);
const anywhere = (_: number, u: number): number => 1 + Math.floor(5 * u);

describe('position bias', () => {
  it('reads how much is looked at, whatever the items are worth', async () => {
    const study = await log('examined', {
      rate: (item, p) => 0.04 * (1 + item) * 0.7 ** (p - 1),
      // Better items stand higher, but not always.
      place: (item, u) => 1 + Math.floor(5 * u ** (0.4 + item / 10)),
    });
    const evidence = await look(study);
    const [finding] = evidence.findings;
    expect(finding).toMatchObject({ code: 'position-bias.effect', severity: 'suspect', args: { dealt: false } });
    const seen = finding!.args['seen'] as unknown as readonly { position: number; low: number; high: number }[];
    for (const { position, low, high } of seen) {
      expect(low).toBeLessThan(0.7 ** (position - 1));
      expect(high).toBeGreaterThan(0.7 ** (position - 1));
    }
    const repairs: readonly Repair[] =
      typeof positionBias.repair === 'function' ? await positionBias.repair(study, evidence, here.run) : [];
    expect(repairs.map(({ id }) => id)).toEqual(['weight-by-inverse-propensity', 'drop-position']);
    expect(repairs[0]!.plan.steps).toHaveLength(4);
  });

  it('does not separate what each item has in one place', async () => {
    const law = { rate: (item: number) => 0.02 * (1 + item), place: (item: number) => 5 - Math.floor(item / 2) };
    expect((await look(await log('fixed', law))).findings).toMatchObject([{ code: 'position-bias.not-separable' }]);
  });

  it('tells relevance from place where items move', async () => {
    const law = {
      rate: (item: number) => 0.04 * (1 + item),
      place: (item: number, u: number) => 1 + Math.floor(5 * u ** (0.4 + item / 10)),
    };
    expect((await look(await log('relevance', law))).findings).toMatchObject([{ code: 'position-bias.relevance' }]);
  });

  it('says none only where an effect would have shown', async () => {
    expect((await look(await log('none', { rate: () => 0.3, place: anywhere }))).findings).toMatchObject([
      { code: 'position-bias.none' },
    ]);
    expect((await look(await log('rare', { rate: () => 0.002, place: anywhere }))).findings).toMatchObject([
      { code: 'position-bias.cannot-tell' },
    ]);
  });

  it('asks for numbers', async () => {
    const law = { rate: () => 0.3, place: anywhere, isText: true };
    expect((await look(await log('words', law))).findings).toMatchObject([{ code: 'position-bias.no-order' }]);
  });
});
