// Four countries that differ by nature in waits, amounts and rates: other laws, spreads, sizes and seeds than the shops. Written
// after the limits of domains were set, and run once they stood.
import { drawn } from './logs.mjs';

const rows = 15_000;
const users = 5_000;
/** Countries from 45% of the rows down to 8%; the last is where things are planted. */
const countries = [
  ['DK', 0.45],
  ['FR', 0.75],
  ['IT', 0.92],
  ['PT', 1],
];
const channels = ['search', 'mail', 'social', 'direct', 'partner'];
const shares = [0.34, 0.6, 0.79, 0.92, 1];
const roles = { label: 'bought', user: 'user', domain: 'country' };

/** One log; each plant changes one column in the last country. */
function log(seed, plant) {
  const draw = (stream) => drawn(seed, `countries ${stream}`, rows);
  const user = Int32Array.from(draw('user'), (u) => Math.floor(users * u ** 1.3));
  // A user has one country.
  const home = drawn(seed, 'countries home', users);
  const country = Array.from(user, (u) => countries.findIndex(([, upTo]) => home[u] < upTo));
  const isOdd = (i) => country[i] === countries.length - 1;
  const [e, f] = [draw('wait e'), draw('wait f')];
  // Seconds, gamma of shape 2.
  const wait = e.map((u, i) => Math.round(-2000 * (1 + 0.1 * country[i]) * Math.log((1 - u) * (1 - f[i]))) / 100);
  const [g, h] = [draw('amount g'), draw('amount h')];
  const amount = g.map((u, i) => {
    const normal = Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * h[i]);
    return Math.round(100 * Math.exp(2.5 + normal + 0.11 * country[i])) / 100;
  });
  const quality = draw('quality');
  const age = draw('age').map((u) => 18 + Math.floor(60 * u * u));
  const channel = Array.from(draw('channel'), (u) => channels[shares.findIndex((upTo) => u < upTo)]);
  const bought = Int32Array.from(draw('bought'), (u, i) =>
    Number(u < 1 / (1 + Math.exp(2.4 - 1.8 * quality[i] + 0.2 * country[i] - (channel[i] === 'mail' ? 0.5 : 0)))),
  );
  const changed = {
    milliseconds: { wait: wait.map((w, i) => (isOdd(i) ? w * 1000 : w)) },
    hours: { wait: wait.map((w, i) => (isOdd(i) ? w / 3600 : w)) },
    cents: { amount: amount.map((a, i) => (isOdd(i) ? a * 100 : a)) },
    prefix: { channel: channel.map((c, i) => (isOdd(i) ? `ch_${c}` : c)) },
    anew: {
      channel: channel.map((c, i) =>
        isOdd(i) ? ['Suche', 'Post', 'Netz', 'selbst', 'Freund'][channels.indexOf(c)] : c,
      ),
    },
    reversed: { quality: quality.map((q, i) => (isOdd(i) ? 1 - q : q)) },
    none: {},
  }[plant];
  return {
    bought,
    user,
    country: country.map((c) => countries[c][0]),
    wait,
    amount,
    quality,
    age,
    channel,
    ...changed,
  };
}

export const countryLog = {
  name: 'countries',
  says: `four countries, laws the limits were not set on, one column changed in the one of 8% of ${rows.toLocaleString('en-US')} rows`,
  seeds: Array.from({ length: 20 }, (_, i) => i + 101),
  roles,
  log,
  truth: {
    milliseconds: 'domains.other-unit wait PT',
    hours: 'domains.other-unit wait PT',
    cents: 'domains.other-unit amount PT',
    prefix: 'domains.other-words channel PT',
    anew: 'domains.other-words channel PT',
    reversed: 'domains.reversed quality PT',
    none: '',
  },
  /** Columns that are of one law in all countries. */
  alike: ['quality', 'age', 'channel'],
};
