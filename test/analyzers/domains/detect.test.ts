import type { Evidence, Finding } from '../../../src/core/evidence.js';
import type { Study } from '../../../src/core/study.js';
import { describe, expect, it } from 'vitest';
import { domains } from '../../../analyzers/domains/index.js';
import { repair as repairOf } from '../../../analyzers/domains/repair.js';
import { audit } from '../../../src/audit/audit.js';
import { createRandom } from '../../../src/core/random.js';
import { alterStudy } from '../../../src/dataset/alter-study.js';
import { inEngine } from '../in-engine.js';
import { integers, numbers, smallStudy, texts } from '../small-study.js';

const here = inEngine();

const rows = 6000;
const roles = { label: 'click', user: 'user', domain: 'shop' };

interface Log {
  shop: (string | null)[];
  price: number[];
  stars: number[];
  city: string[];
  device: string[];
}

function draw(stream: string): readonly number[] {
  const fork = createRandom(7).fork(stream);
  return Array.from({ length: rows }, (_, i) => fork.at(i));
}

/** A log of three shops, 60%, 30% and 10% of the rows, each with cities of its own and alike in all else. */
async function logOf(name: string, alter: (log: Log) => Partial<Log> = () => ({})): Promise<Study> {
  const user = draw('user').map((u) => Math.floor(1500 * u));
  const home = createRandom(7).fork('home');
  const shop = user.map((id) => (home.at(id) < 0.6 ? 'A' : home.at(id) < 0.9 ? 'B' : 'C'));
  const more = draw('stars2');
  const stars = draw('stars').map((u, i) => 2 * u + more[i]! - 1.5);
  const device = draw('device').map((u) => (u < 0.5 ? 'phone' : u < 0.8 ? 'desk' : 'tv'));
  const click = draw('click').map((u, i) => Number(u < 1 / (1 + Math.exp(0.5 - 1.5 * stars[i]!))));
  const city = draw('city').map((u, i) => `${shop[i]}${u < 0.5 ? 1 : 2}`);
  const price = draw('price').map((u) => Math.round(100 * Math.exp(2 + 2 * u)) / 100);
  const log: Log = { shop, price, stars, city, device };
  const own = { ...log, ...alter(log) };
  const columns = [
    integers('click', click),
    integers('user', user),
    texts('shop', own.shop),
    numbers('price', own.price),
    numbers('stars', own.stars),
    texts('city', own.city),
    texts('device', own.device),
  ];
  return smallStudy(name, columns, roles, here.run);
}

async function look(study: Study): Promise<Evidence> {
  const outcome = (await audit(study, [domains], here.run)).get('domains');
  if (outcome?.outcome !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.evidence;
}

const of = ({ findings }: Evidence, code: string): readonly Finding['args'][] =>
  findings.filter((finding) => finding.code === `domains.${code}`).map(({ args }) => args);
const meanings = (evidence: Evidence): readonly string[] =>
  evidence.findings.filter(({ severity }) => severity !== 'note').map(({ code }) => code);

describe('domains', () => {
  it('says nothing of what columns mean where domains differ in their cities alone, and tells that they differ', async () => {
    const evidence = await look(await logOf('domains_clean'));
    expect(meanings(evidence)).toEqual([]);
    expect(
      of(evidence, 'differs').map((a) => [a['value'], (a['columns'] as unknown as { name: string }[])[0]!.name]),
    ).toEqual([
      ['A', 'city'],
      ['B', 'city'],
      ['C', 'city'],
    ]);
    expect(evidence.flagged).toBeNull();
    const rates = evidence.measurements.filter(({ name }) => name === 'domains.label-rate');
    expect(rates.map(({ slice }) => slice)).toEqual(['shop = A', 'shop = B', 'shop = C']);
    for (const { value, low, high } of rates) expect(low! < value && value < high!).toBe(true);
  });

  it('names the domain in another unit, with the factor and an interval, and converts its numbers back', async () => {
    const study = await logOf('domains_unit', ({ shop, price }) => ({
      price: price.map((p, i) => (shop[i] === 'C' ? p * 1000 : p)),
    }));
    const evidence = await look(study);
    expect(meanings(evidence)).toEqual(['domains.other-unit']);
    const [found] = of(evidence, 'other-unit');
    expect(found).toMatchObject({ column: 'price', value: 'C', factor: 1000 });
    expect(Number(found!['low'])).toBeLessThan(1000);
    expect(Number(found!['high'])).toBeGreaterThan(1000);
    expect(evidence.flagged?.rows).toBe(found!['rows']);
    const [only, ...others] = await repairOf(study, evidence);
    expect([only!.id, others.length]).toEqual(['convert-units', 0]);
    const mended = await alterStudy(study, only!.plan, 'domains_unit_mended', here.run);
    expect(meanings(await look(mended))).toEqual([]);
  });

  it('takes the unit of most rows as the usual one, not that of the largest domain', async () => {
    const study = await logOf('domains_largest', ({ price }) => {
      const draw = createRandom(7).fork('even');
      const shop = price.map((_, i) => (draw.at(i) < 0.4 ? 'A' : draw.at(i) < 0.75 ? 'B' : 'C'));
      return { shop, city: shop, price: price.map((p, i) => (shop[i] === 'A' ? p * 60 : p)) };
    });
    expect(of(await look(study), 'other-unit').map((a) => [a['value'], a['factor']])).toEqual([['A', 60]]);
  });

  it('reads values written otherwise, and writes them as the others do', async () => {
    const study = await logOf('domains_words', ({ shop, device }) => ({
      device: device.map((d, i) => (shop[i] === 'B' ? d.toUpperCase() : d)),
    }));
    const evidence = await look(study);
    expect(meanings(evidence)).toEqual(['domains.other-words']);
    const [found] = of(evidence, 'other-words');
    expect(found).toMatchObject({ column: 'device', value: 'B' });
    expect(found!['words']).toEqual(
      expect.arrayContaining([
        { from: 'PHONE', to: 'phone' },
        { from: 'DESK', to: 'desk' },
        { from: 'TV', to: 'tv' },
      ]),
    );
    const [only] = await repairOf(study, evidence);
    const mended = await alterStudy(study, only!.plan, 'domains_words_mended', here.run);
    expect(meanings(await look(mended))).toEqual([]);
  });

  it('reads codes by their shares where all of them fit', async () => {
    const code: Readonly<Record<string, string>> = { phone: 'x', desk: 'y', tv: 'z' };
    const study = await logOf('domains_codes', ({ shop, device }) => ({
      device: device.map((d, i) => (shop[i] === 'C' ? code[d]! : d)),
    }));
    const [found] = of(await look(study), 'other-words');
    expect(found).toMatchObject({ column: 'device', value: 'C' });
    expect((found!['words'] as unknown as { from: string }[]).map(({ from }) => from).toSorted()).toEqual([
      'x',
      'y',
      'z',
    ]);
  });

  it('tells the domain in which a number ranks the other way round, and repairs nothing', async () => {
    const study = await logOf('domains_reversed', ({ shop, stars }) => ({
      stars: stars.map((s, i) => (shop[i] === 'C' ? -s : s)),
    }));
    const evidence = await look(study);
    expect(meanings(evidence)).toEqual(['domains.reversed']);
    const [found] = of(evidence, 'reversed');
    const [own, others] = [found!['own'], found!['others']] as unknown as { low: number; high: number }[];
    expect(found!['value']).toBe('C');
    expect(own!.high).toBeLessThan(0.5);
    expect(others!.low).toBeGreaterThan(0.5);
    expect(await repairOf(study, evidence)).toEqual([]);
  });

  it('compares domains of enough rows only, and says so', async () => {
    const study = await logOf('domains_capped', ({ shop }) => ({
      shop: shop.map((s, i) => (i < 100 ? null : i < 400 ? 'small' : s)),
    }));
    const evidence = await look(study);
    expect(of(evidence, 'capped')).toEqual([{ domain: 'shop', known: 3, values: 4 }]);
    const slices = evidence.measurements.flatMap(({ slice }) => slice ?? []);
    expect(slices.filter((slice) => slice.includes('small'))).toEqual([]);
  });

  it('has nothing to compare in one domain, and is not applicable where none is named', async () => {
    const one = await look(await logOf('domains_one', ({ shop }) => ({ shop: shop.map(() => 'A') })));
    expect(one.findings.map(({ code }) => code)).toEqual(['domains.few']);
    const study = await logOf('domains_none');
    const outcome = (await audit({ ...study, roles: { ...study.roles, domain: null } }, [domains], here.run)).get(
      'domains',
    );
    expect(outcome).toMatchObject({ outcome: 'not-applicable', reason: expect.stringContaining('--domain') });
  });
});
