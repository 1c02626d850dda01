// Domains: sources in which a column means something else, in logs of five shops that differ by nature in prices and rates.
import { domains } from '../../../dist/analyzers/domains/index.js';
import { drawn, looked, seeds, tableStudy } from './logs.mjs';

const rows = 12_000;
const users = 4_000;
/** Shops from 34% of the rows down to 6%; the last is where things are planted. */
const shops = [
  ['Graz', 0.34],
  ['Oslo', 0.62],
  ['Porto', 0.82],
  ['Turin', 0.94],
  ['Ulm', 1],
];
const devices = ['phone', 'desk', 'tablet', 'tv'];
const roles = { label: 'click', user: 'user', domain: 'shop' };

/** One log; each plant changes one column in the last shop. */
function log(seed, plant) {
  const draw = (stream) => drawn(seed, `domains ${stream}`, rows);
  const user = Int32Array.from(draw('user'), (u) => Math.floor(users * u ** 1.5));
  // A user has one shop.
  const home = drawn(seed, 'domains home', users);
  const shop = Array.from(user, (u) => shops.findIndex(([, upTo]) => home[u] < upTo));
  const bell = (stream) => {
    const [a, b, c] = [0, 1, 2].map((i) => draw(`${stream} ${i}`));
    return Float64Array.from(a, (_, i) => 2 * (a[i] + b[i] + c[i]) - 3);
  };
  const isOdd = (i) => shop[i] === shops.length - 1;
  const stars = bell('stars');
  const price = bell('price').map((z, i) => Math.round(100 * Math.exp(3 + 0.6 * z + 0.06 * shop[i])) / 100);
  const noise = bell('noise');
  const device = Array.from(draw('device'), (u) => devices[u < 0.45 ? 0 : u < 0.73 ? 1 : u < 0.9 ? 2 : 3]);
  const u = draw('click');
  const click = Int32Array.from(u, (v, i) =>
    Number(v < 1 / (1 + Math.exp(1.6 - 0.7 * stars[i] - 0.15 * shop[i] - (device[i] === 'phone' ? 0.4 : 0)))),
  );
  const changed = {
    unit: { price: price.map((p, i) => (isOdd(i) ? p * 100 : p)) },
    minutes: { price: price.map((p, i) => (isOdd(i) ? p / 60 : p)) },
    capitals: { device: device.map((d, i) => (isOdd(i) ? d.toUpperCase() : d)) },
    codes: { device: device.map((d, i) => (isOdd(i) ? `${devices.indexOf(d) + 1}` : d)) },
    reversed: { stars: stars.map((s, i) => (isOdd(i) ? -s : s)) },
    none: {},
  }[plant];
  return { click, user, shop: shop.map((s) => shops[s][0]), stars, price, noise, device, ...changed };
}

const meanings = ['domains.other-unit', 'domains.other-words', 'domains.reversed'];
const truth = {
  unit: 'domains.other-unit price Ulm',
  minutes: 'domains.other-unit price Ulm',
  capitals: 'domains.other-words device Ulm',
  codes: 'domains.other-words device Ulm',
  reversed: 'domains.reversed stars Ulm',
  none: '',
};

async function said(seed, plant, engine) {
  const name = `domains_${plant}_${seed}`;
  const { evidence } = await looked(domains, engine, name, (run) => tableStudy(name, log(seed, plant), roles, run));
  const found = evidence.findings.filter(({ code }) => meanings.includes(code));
  return {
    found: found.map(({ code, args }) => `${code} ${args.column} ${args.value}`).join(', '),
    factor: found[0]?.args.factor ?? null,
    // Columns that are alike in all shops and called different.
    alarms: evidence.findings
      .filter(({ code }) => code === 'domains.differs')
      .flatMap(({ args }) => args.columns.map((column) => column.name))
      .filter((column) => column === 'noise' || column === 'stars' || column === 'device').length,
  };
}

/** The lines of domains. */
export async function sourcesOfRows(engine, say, figure) {
  say(
    'domains: five shops, one column changed in the one of 6% of 12,000 rows, 20 seeds; column and shop named, nothing else',
  );
  for (const plant of Object.keys(truth)) {
    const all = [];
    for (const seed of seeds) all.push(await said(seed, plant, engine));
    const exact = all.filter(({ found }) => found === truth[plant]).length;
    const factors =
      plant === 'unit' || plant === 'minutes'
        ? `, factor ${[...new Set(all.map((one) => one.factor))].join(' and ')}`
        : '';
    say(`  ${plant.padEnd(9)} ${exact} of ${seeds.length}${factors}`);
    for (const [i, { found }] of all.entries())
      if (found !== truth[plant]) say(`    seed ${seeds[i]}: ${found || 'nothing'}`);
    if (plant === 'none') {
      const alarms = all.filter((one) => one.alarms > 0).length;
      say(
        `            logs in which a column that is alike in all shops is called different: ${alarms} of ${seeds.length}`,
      );
      figure('domains.quiet', exact / seeds.length, '>=', 1);
      figure('domains.false-differences', alarms / seeds.length, '<=', 0.05);
    } else figure(`domains.${plant}`, exact / seeds.length, '>=', 0.95);
  }
}
