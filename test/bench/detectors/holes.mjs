// Holes: a bursty log of three weeks (hours, weekdays, moods of days and hours) of 5 sources, 4,000 users and 300 items, with one hole of
// each kind, and without.
import { holes } from '../../../dist/analyzers/holes/index.js';
import { day, drawn, looked, seeds, tableStudy } from './logs.mjs';

const [rows, days, users, sources] = [80_000, 21, 4000, 5];
const hour = 3600;
/** A Monday. */
const start = Date.UTC(2026, 0, 5) / 1000;
const gap = { from: start + 8 * day + 9 * hour, to: start + 8 * day + 14 * hour };
const lost = { source: 3, from: start + 12 * day, to: start + 13 * day };
const block = { from: 1500, to: 1559 };
const shard = { by: 16, residue: 5 };
const stepAt = start + 11 * day;

const normal = (a, b) => Math.sqrt(-2 * Math.log(1 - a)) * Math.cos(2 * Math.PI * b);

/** Moments with the pattern of hours and weekdays, days that differ by a tenth and hours by a quarter. */
function moments(seed, count) {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((stream) => drawn(seed, `holes-mood-${stream}`, 24 * days));
  const weights = Array.from({ length: 24 * days }, (_, h) => {
    const shape = 1 + 0.7 * Math.cos((2 * Math.PI * ((h % 24) - 20)) / 24);
    const weekday = [1, 1, 1, 1, 1.1, 1.4, 1.3][Math.floor(h / 24) % 7];
    const dayMood = 0.1 * normal(c[24 * Math.floor(h / 24)], d[24 * Math.floor(h / 24)]);
    return shape * weekday * Math.exp(dayMood + 0.25 * normal(a[h], b[h]));
  });
  let sum = 0;
  const ends = weights.map((w) => (sum += w));
  const [when, within] = ['when', 'within'].map((stream) => drawn(seed, `holes-${stream}`, count));
  return Int32Array.from(when, (u, i) => {
    let [low, high] = [0, ends.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle] < u * sum) low = middle + 1;
      else high = middle;
    }
    return start + hour * low + Math.floor(hour * within[i]);
  });
}

function log(seed, planted) {
  const time = moments(seed, rows);
  const [who, what, from, keep, click] = ['who', 'what', 'from', 'keep', 'click'].map((stream) =>
    drawn(seed, `holes-${stream}`, rows),
  );
  const user = Int32Array.from(who, (u) => Math.floor(users * u ** 1.2));
  const item = Int32Array.from(what, (u) => Math.floor(300 * u * u));
  const source = Int32Array.from(from, (u) => Math.floor(sources * u ** 1.4));
  const label = Int32Array.from(click, (u) => Number(u < 0.05));
  const isLost = {
    hours: (i) => time[i] >= gap.from && time[i] < gap.to,
    partition: (i) => source[i] === lost.source && time[i] >= lost.from && time[i] < lost.to,
    ids: (i) => user[i] >= block.from && user[i] <= block.to,
    shard: (i) => user[i] % shard.by === shard.residue,
    volume: (i) => time[i] >= stepAt && keep[i] < 0.5,
    nothing: () => false,
  }[planted];
  const kept = [...time.keys()].filter((i) => !isLost(i)).sort((a, b) => time[a] - time[b]);
  const of = (values) => Int32Array.from(kept, (i) => values[i]);
  return { time: of(time), user: of(user), item: of(item), source: of(source), label: of(label) };
}

const iso = (seconds) =>
  seconds % day === 0
    ? new Date(seconds * 1000).toISOString().slice(0, 10)
    : `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;

/** What is planted, as the finding that names it exactly. */
const wanted = {
  hours: ({ code, args }) => code === 'holes.empty' && args.from === iso(gap.from) && args.to === iso(gap.to),
  partition: ({ code, args }) =>
    code === 'holes.level' &&
    args.column === 'source' &&
    args.level === String(lost.source) &&
    args.from === iso(lost.from) &&
    args.to === iso(lost.to),
  ids: ({ code, args }) =>
    code === 'holes.ids' && args.column === 'user' && args.from === block.from && args.to === block.to,
  shard: ({ code, args }) => code === 'holes.ids' && args.by === shard.by && args.residue === shard.residue,
  // Days have moods, so a change of volume is dated to within a day.
  volume: ({ code, args }) => code === 'holes.volume' && Math.abs(Date.parse(args.from) / 1000 - stepAt) <= day,
};

export async function missingRows(engine, say, figure) {
  const counts = {};
  let others = 0;
  const roles = { label: 'label', time: 'time', user: 'user', item: 'item' };
  for (const planted of [...Object.keys(wanted), 'nothing']) {
    counts[planted] = 0;
    for (const seed of seeds) {
      const name = `holes_${planted}_${seed}`;
      const { evidence } = await looked(holes, engine, name, (run) => tableStudy(name, log(seed, planted), roles, run));
      const named = evidence.findings.filter((finding) => wanted[planted]?.(finding) ?? false);
      counts[planted] += Math.min(1, named.length);
      const more = evidence.findings.filter((finding) => !named.includes(finding) && finding.severity !== 'note');
      if (planted === 'nothing') counts.nothing += Math.min(1, more.length);
      else others += more.length;
    }
  }
  say(`holes, ${seeds.length} seeds, 80,000 rows in three weeks: other findings beside the planted ${others}`);
  for (const planted of ['hours', 'partition', 'ids', 'shard'])
    figure(`holes.${planted}-named-exactly-of-20`, counts[planted], '>=', 20);
  figure('holes.volume-dated-to-a-day-of-20', counts.volume, '>=', 18);
  figure('holes.others-beside-the-planted', others, '<=', 2);
  figure('holes.false-of-20', counts.nothing, '<=', 1);
}
