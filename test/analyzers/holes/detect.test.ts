import type { Study } from '../../../src/core/study.js';
import { describe, expect, it } from 'vitest';
import { holes } from '../../../analyzers/holes/index.js';
import { createRandom } from '../../../src/core/random.js';
import { inEngine } from '../in-engine.js';
import { hours, integers, smallStudy, texts } from '../small-study.js';

const here = inEngine();

interface Row {
  readonly hour: number;
  readonly app: string;
  readonly user: number;
}

const random = createRandom(3);
const all = Array.from({ length: 20_000 }, (_, i): Row => ({
  hour: 24 * 15 * random.fork('hour').at(i),
  app: ['web', 'ios', 'tv'][Math.floor(3 * random.fork('app').at(i))]!,
  user: Math.floor(1500 * random.fork('user').at(i)),
})).sort((a, b) => a.hour - b.hour);

function study(name: string, rows: readonly Row[]): Promise<Study> {
  const columns = [
    hours(
      'time',
      rows.map((r) => r.hour),
    ),
    integers(
      'click',
      rows.map((_, i) => Number(i % 9 === 0)),
    ),
    integers(
      'user',
      rows.map((r) => r.user),
    ),
    texts(
      'app',
      rows.map((r) => r.app),
    ),
  ];
  return smallStudy(name, columns, { label: 'click', time: 'time', user: 'user' }, here.run);
}

async function findings(of: Study): Promise<readonly { code: string; args: object }[]> {
  return (await holes.detect(of, here.run)).findings.map(({ code, args }) => ({ code, args }));
}

describe('holes', () => {
  it('finds nothing in a whole log', async () => {
    expect(await findings(await study('whole_log', all))).toEqual([]);
  });

  it('names lost hours, and counts the rows', async () => {
    const of = await study(
      'lost_hours',
      all.filter(({ hour }) => hour < 100 || hour >= 106),
    );
    const { findings: found, measurements } = await holes.detect(of, here.run);
    expect(found).toMatchObject([
      { code: 'holes.empty', severity: 'problem', args: { from: '2026-01-09T04:00:00Z', to: '2026-01-09T10:00:00Z' } },
    ]);
    const missing = all.filter(({ hour }) => hour >= 100 && hour < 106).length;
    expect(Math.abs(measurements.find((m) => m.name === 'holes.missing-rows')!.value - missing)).toBeLessThan(
      0.2 * missing,
    );
  });

  it('names the app whose last day was not loaded', async () => {
    const of = await study(
      'lost_app',
      all.filter(({ hour, app }) => hour < 24 * 14 || app !== 'tv'),
    );
    const args = { column: 'app', level: 'tv', from: '2026-01-19', to: '2026-01-20' };
    expect(await findings(of)).toMatchObject([{ code: 'holes.level', args }]);
  });

  it('names a block of users', async () => {
    const of = await study(
      'lost_users',
      all.filter(({ user }) => user < 700 || user >= 720),
    );
    expect(await findings(of)).toMatchObject([{ code: 'holes.ids', args: { column: 'user', from: 700, to: 719 } }]);
  });

  it('names what a reference file has and this one has not', async () => {
    const reference = (await study('with_tv', all)).whole;
    const of = {
      ...(await study(
        'without_tv',
        all.filter(({ app }) => app !== 'tv'),
      )),
      reference,
    };
    expect(await findings(of)).toMatchObject([{ code: 'holes.lost-values', args: { column: 'app', values: ['tv'] } }]);
  });

  it('says that it cannot tell where there is too little', async () => {
    expect(await findings(await study('thin', all.slice(0, 12)))).toMatchObject([{ code: 'holes.cannot-tell' }]);
  });
});
