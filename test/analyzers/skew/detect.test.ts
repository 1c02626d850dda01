import type { PutColumn } from '../../../src/core/engine.js';
import type { Evidence } from '../../../src/core/evidence.js';
import type { Study } from '../../../src/core/study.js';
import { describe, expect, it } from 'vitest';
import { skew } from '../../../analyzers/skew/index.js';
import { argText } from '../../../src/core/arg-text.js';
import { createRandom } from '../../../src/core/random.js';
import { checkSchema } from '../../../src/derived/schema/check.js';
import { inferSchema } from '../../../src/derived/schema/infer.js';
import { inEngine } from '../in-engine.js';
import { hours, integers, numbers, smallStudy, texts } from '../small-study.js';

const here = inEngine();

const [rows, users] = [4000, 40];
const random = createRandom(3).fork('skew');
const at = (i: number): number => (20 * 24 * i) / rows;
const userOf = (i: number): number => Math.floor(users * random.fork('user').at(i));
/** A running count of a user's events: another number at each of them. */
const counts: readonly number[] = (() => {
  const seen = new Map<number, number>();
  return Array.from({ length: rows }, (_, i) => {
    const n = (seen.get(userOf(i)) ?? 0) + 1;
    seen.set(userOf(i), n);
    return n * 1.5 + userOf(i) / 100;
  });
})();
const prices = Array.from({ length: rows }, (_, i) => 5 + Math.round(100 * random.fork('price').at(i)));

/** The value of the count of a user as it stood a time before. */
function countBefore(i: number, lag: number): number | null {
  for (let j = i; j >= 0; j--) if (userOf(j) === userOf(i) && at(j) <= at(i) - lag) return counts[j]!;
  return null;
}

interface Served {
  readonly count?: (i: number) => number | null;
  readonly price?: (i: number) => number | null;
  readonly page?: (i: number) => string | null;
  readonly ids?: (i: number) => number;
}

function each<T>(f: (i: number) => T): T[] {
  return Array.from({ length: rows }, (_, i) => f(i));
}

function table({ count, price, page, ids }: Served): readonly PutColumn[] {
  return [
    integers('id', each(ids ?? ((i) => i))),
    hours('at', each(at)),
    integers('user', each(userOf)),
    numbers('count', each(count ?? ((i) => counts[i]!))),
    numbers('price', each(price ?? ((i) => prices[i]!))),
    texts('page', each(page ?? ((i) => `p${i % 7}`))),
    integers(
      'click',
      each((i) => Number(i % 9 === 0)),
    ),
  ];
}

let tables = 0;
async function found(served: Served, key = true): Promise<Evidence> {
  const roles = { label: 'click', time: 'at', user: 'user' };
  const n = tables++;
  const study = await smallStudy(`trained_${n}`, table({}), roles, here.run);
  const { whole: serving } = await smallStudy(`served_${n}`, table(served), roles, here.run);
  const keys = key ? { key: [study.whole.columns[0]!] } : {};
  return skew.detect({ ...study, serving, roles: { ...study.roles, ...keys } }, here.run);
}

const codes = ({ findings }: Evidence): readonly string[] =>
  findings.map((f) => [f.code, ...('column' in f.args ? [argText(f.args['column'])] : [])].join(' '));

describe('skew with a key', () => {
  it('is silent where both sides agree, to the last digits', async () => {
    const evidence = await found({ price: (i) => prices[i]! * (1 + 1e-9) });
    expect(evidence).toMatchObject({ findings: [], score: 0, flagged: null });
    expect(evidence.measurements).toContainEqual(expect.objectContaining({ name: 'skew.matched', value: 1 }));
  });

  it.each([
    [1, 24, '1 day'],
    [2, 1, '1 hour'],
    [3, 48, '2 days'],
  ])('tells a stale feature with its lag (%#)', async (_, lag, says) => {
    const { findings, flagged } = await found({ count: (i) => countBefore(i, lag) ?? counts[i]! });
    expect(findings).toMatchObject([
      { code: 'skew.stale', args: { column: 'count', side: 'serving', entity: 'user', lag: says } },
    ]);
    const stale = counts.filter((c, i) => (countBefore(i, lag) ?? c) !== c).length;
    expect(flagged?.rows).toBe(stale);
  });

  it('tells a feature that is of the start of the day', async () => {
    const { findings } = await found({ count: (i) => countBefore(i, at(i) % 24) ?? counts[i]! });
    expect(findings).toMatchObject([{ code: 'skew.stale', args: { lag: 'since the start of the day' } }]);
  });

  it('tells wrong values from stale ones', async () => {
    const { findings } = await found({ count: (i) => counts[(i * 7) % rows]! });
    expect(findings).toMatchObject([{ code: 'skew.wrong', args: { column: 'count' } }]);
  });

  it('tells a unit, a default and an empty column, in some of the rows too', async () => {
    const evidence = await found({
      count: (i) => (i % 10 === 0 ? counts[i]! / 1000 : counts[i]!),
      price: (i) => (i % 4 === 0 ? -1 : prices[i]!),
      page: (i) => (i % 5 === 0 ? null : `p${i % 7}`),
    });
    expect(codes(evidence).toSorted()).toEqual(['skew.default price', 'skew.empty page', 'skew.unit count']);
    expect(evidence.flagged?.rows).toBe(rows / 10 + rows / 4 + rows / 5);
  });

  it('counts rows without a partner, and joins none twice', async () => {
    const { findings } = await found({ ids: (i) => (i < 100 ? i + 10_000 : i < 200 ? 100 : i) });
    // 100 ids are unknown, and 100 rows were logged under one id.
    expect(findings).toMatchObject([{ code: 'skew.unmatched', args: { rows: 200 } }]);
  });
});

describe('skew without a key', () => {
  it('sees distributions only: a unit and a move, and says so', async () => {
    expect(codes(await found({}, false))).toEqual(['skew.no-key']);
    const evidence = await found({ price: (i) => prices[i]! * 100, page: () => 'p1' }, false);
    expect(codes(evidence)).toEqual(['skew.unit price', 'skew.moved page', 'skew.no-key']);
  });
});

describe('what serving is expected to log', () => {
  it.each([true, false])('is all but label and weight, by skew and by a schema (key: %s)', async (hasKey) => {
    const roles = { label: 'click', time: 'at', user: 'user' };
    const n = tables++;
    const trained = await smallStudy(
      `expects_${n}`,
      [
        ...table({}),
        numbers(
          'w',
          each(() => 1),
        ),
      ],
      roles,
      here.run,
    );
    const [id, weight] = [trained.whole.columns[0]!, trained.whole.columns.find((c) => c.name === 'w')!];
    const features = trained.roles.features.filter(({ column }) => column.id !== weight.id);
    const study = { ...trained, roles: { ...trained.roles, weight, features, ...(hasKey ? { key: [id] } : {}) } };
    const schema = await inferSchema(study, here.run);
    const without = (...names: readonly string[]): Study['whole'] => {
      const columns = study.whole.columns.filter((c) => !names.includes(c.name));
      return { ...study.whole, columns };
    };
    const served = async (serving: Study['whole']): Promise<readonly (readonly string[])[]> => {
      const evidence = await skew.detect({ ...study, serving }, here.run);
      const ofServing = {
        ...study,
        whole: serving,
        train: serving,
        roles: { ...study.roles, label: null, weight: null },
      };
      const { missing } = await checkSchema(schema, 'serving', ofServing, here.run);
      return [
        evidence.findings.filter((f) => f.severity !== 'note').map((f) => argText(f.args['column'])),
        missing.map(({ name }) => name),
      ];
    };
    expect(await served(without('click', 'w'))).toEqual([[], []]);
    expect(await served(study.whole)).toEqual([[], []]);
    expect(await served(without('click', 'w', 'page'))).toEqual([['page'], ['page']]);
    const training = await checkSchema(schema, 'training', { ...study, train: without('click', 'w') }, here.run);
    expect(training.missing.map(({ name }) => name)).toEqual(['click', 'w']);
  });
});
