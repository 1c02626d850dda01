// Five shops that differ by nature in prices and rates: the log on which the limits of domains were set.
import { drawn } from './logs.mjs';

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

export const shopLog = {
  name: 'shops',
  says: `five shops, one column changed in the one of 6% of ${rows.toLocaleString('en-US')} rows`,
  seeds: Array.from({ length: 20 }, (_, i) => i + 1),
  roles,
  log,
  truth: {
    unit: 'domains.other-unit price Ulm',
    minutes: 'domains.other-unit price Ulm',
    capitals: 'domains.other-words device Ulm',
    codes: 'domains.other-words device Ulm',
    reversed: 'domains.reversed stars Ulm',
    none: '',
  },
  /** Columns that are of one law in all shops. */
  alike: ['noise', 'stars', 'device'],
};
