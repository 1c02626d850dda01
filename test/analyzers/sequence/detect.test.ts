import type { PutColumn } from '../../../src/core/engine.js';
import type { Evidence } from '../../../src/core/evidence.js';
import type { Study } from '../../../src/core/study.js';
import { describe, expect, it } from 'vitest';
import { sequence } from '../../../analyzers/sequence/index.js';
import { inEngine } from '../in-engine.js';
import { hours, integers, smallStudy, texts } from '../small-study.js';

const here = inEngine();

const rows = 2000;
const users = 40;
const items = 50;
const each = Array.from({ length: rows }, (_, i) => i);
/** Rows of a file in the order of time; users take turns, items follow a fixed walk without returns. */
const honest = { time: each.map((i) => i / 4), item: each.map((i) => (i * 7 + Math.floor(i / users)) % items) };

async function log(name: string, time: readonly number[], ...more: readonly PutColumn[]): Promise<Study> {
  const columns = [
    hours('time', time),
    integers(
      'click',
      each.map((i) => Number(i % 5 === 0)),
    ),
    integers(
      'user',
      each.map((i) => i % users),
    ),
    integers('item', honest.item),
    ...more,
  ];
  const study = await smallStudy(name, columns, { label: 'click', time: 'time', user: 'user' }, here.run);
  return { ...study, roles: { ...study.roles, item: study.whole.columns.find((c) => c.name === 'item')! } };
}

/** The last three items of the user before each row. */
function histories(isOwn: (i: number) => boolean, pad = ''): readonly string[] {
  return each.map((i) => {
    const before = [3, 2, 1].map((back) => i - back * users).filter((j) => j >= 0);
    const list = before.map((j) => String(honest.item[j]));
    if (isOwn(i)) list.push(String(honest.item[i]));
    const padding = Array.from({ length: pad === '' ? 0 : 6 - list.length }, () => pad);
    return [...padding, ...list].join('|');
  });
}

/** Positives from the second turn of users on. */
const own = (i: number): boolean => i % 5 === 0 && i >= users;

async function flaggedOf({ flagged }: Evidence): Promise<readonly number[]> {
  if (flagged === null) return [];
  const keys = await here.run.engine.rows({ sql: `SELECT k FROM ${flagged.relation} ORDER BY k` }, rows, here.run);
  expect(keys).toHaveLength(flagged.rows);
  return keys.map((row) => Number(row['k']));
}

/** Returns that stand in their own history. */
function isOwnReturn(i: number): boolean {
  return i % 9 === 0 && i >= 4 * users;
}

describe('order', () => {
  it('is quiet where rows follow time', async () => {
    const evidence = await sequence.detect(await log('ordered', honest.time), here.run);
    expect(evidence).toMatchObject({ findings: [], flagged: null });
  });

  it('names the rows with a wrong moment, neighbours of each other included, and no others', async () => {
    const wrong = [100, 700, 701, 1500];
    const time = honest.time.map((t, i) => (wrong.includes(i) ? t + 300 * (i < 1000 ? 1 : -1) : t));
    const evidence = await sequence.detect(await log('misdated', time), here.run);
    expect(evidence.findings).toMatchObject([{ code: 'sequence.out-of-order', args: { rows: 4, within: null } }]);
    expect(await flaggedOf(evidence)).toEqual(wrong);
  });

  it('looks at each user where the file is ordered by user', async () => {
    const time = each.map((i) => (((i % users) * 37) % 24) + 24 * Math.floor(i / users));
    const evidence = await sequence.detect(
      await log(
        'by_user',
        time.map((t, i) => (i === 900 ? t - 200 : t)),
      ),
      here.run,
    );
    expect(evidence.findings).toMatchObject([{ code: 'sequence.out-of-order', args: { rows: 1, within: 'user' } }]);
    expect(await flaggedOf(evidence)).toEqual([900]);
  });

  it('says nothing of rows in a shuffled file', async () => {
    const evidence = await sequence.detect(
      await log(
        'shuffled',
        each.map((i) => (i * 7919) % rows),
      ),
      here.run,
    );
    expect(evidence.findings).toMatchObject([{ code: 'sequence.unordered', severity: 'note' }]);
  });
});

describe('ties', () => {
  it('flags rows that share a moment, and takes slates for what they are', async () => {
    const some = await sequence.detect(
      await log(
        'tied',
        honest.time.map((t, i) => (i % 100 === 50 && i >= users ? honest.time[i - users]! : t)),
      ),
      here.run,
    );
    expect(some.findings.find(({ code }) => code === 'sequence.ties')).toMatchObject({ severity: 'suspect' });
    const slates = await sequence.detect(
      await log(
        'slates',
        each.map((i) => Math.floor(i / (2 * users))),
      ),
      here.run,
    );
    expect(slates.findings).toMatchObject([{ code: 'sequence.ties', severity: 'note', args: { share: 1 } }]);
    expect(slates.flagged).toBeNull();
  });
});

describe('histories', () => {
  it('is quiet where they end before the event', async () => {
    const evidence = await sequence.detect(
      await log(
        'past',
        honest.time,
        texts(
          'seen',
          histories(() => false),
        ),
      ),
      here.run,
    );
    expect(evidence.findings.filter((f) => f.severity !== 'note')).toEqual([]);
  });

  it('names the rows whose own item is the latest', async () => {
    const evidence = await sequence.detect(await log('own', honest.time, texts('seen', histories(own))), here.run);
    const args = { column: 'seen', end: 'last', rows: each.filter(own).length, next: null };
    expect(evidence.findings[0]).toMatchObject({ code: 'sequence.own-target', severity: 'problem', args });
    expect(await flaggedOf(evidence)).toEqual(each.filter(own));
  });

  it('tells a return to an item, once and twice, from the event itself in its history', async () => {
    // The second and third event of three in a row are of the item of the first; some of the returns hold themselves.
    const item = each.map(
      (i) => honest.item[i % (3 * users) < users ? i : i % (3 * users) < 2 * users ? i - users : i - 2 * users]!,
    );
    const seen = each.map((i) => {
      const before = [3, 2, 1].map((back) => i - back * users).filter((j) => j >= 0);
      return [...before, ...(isOwnReturn(i) ? [i] : [])].map((j) => item[j]).join('|');
    });
    const found = async (name: string, lists: readonly string[]): Promise<Evidence> => {
      const study = await log(name, honest.time, texts('seen', lists), integers('again', item));
      const again = study.whole.columns.find((c) => c.name === 'again')!;
      return sequence.detect({ ...study, roles: { ...study.roles, item: again } }, here.run);
    };
    const evidence = await found('returns_own', seen);
    expect(await flaggedOf(evidence)).toEqual(each.filter(isOwnReturn));
    const backwards = seen.map((list) => list.split('|').toReversed().join('|'));
    expect(await flaggedOf(await found('returns_backwards', backwards))).toEqual(each.filter(isOwnReturn));
    const honestReturns = seen.map((list, i) => (isOwnReturn(i) ? list.split('|').slice(0, -1).join('|') : list));
    const quiet = await found('returns_honest', honestReturns);
    expect(quiet.findings.filter(({ code }) => code === 'sequence.own-target')).toEqual([]);
  });

  it('tells lists that are filled up', async () => {
    const lists = texts(
      'seen',
      histories(() => false, '0'),
    );
    const evidence = await sequence.detect(await log('padded', honest.time, lists), here.run);
    expect(evidence.findings.map(({ code }) => code)).toEqual(['sequence.padded']);
    expect(evidence.findings[0]!.args).toMatchObject({ value: '0', at: 'beginning' });
  });
});
