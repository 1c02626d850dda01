// Bots: 50,000 rows of 480 people at 1% whose own rates differ (sd of log odds .5), and 20 users of 100 rows at 30%.
import { bots } from '../../../dist/analyzers/bots/index.js';
import { day, drawn, looked, mean, seeds, tableStudy } from './logs.mjs';
import { scored } from './table.mjs';

const [people, planted, each, days] = [480, 20, 100, 14];
const rows = 50_000;

function log(seed, isDamaged, isEven = false) {
  const [who, when, click] = ['who', 'when', 'click'].map((stream) => drawn(seed, `bots-${stream}`, rows));
  const [a, b] = ['a', 'b'].map((stream) => drawn(seed, `bots-liking-${stream}`, people));
  const liking = a.map((u, i) => 0.5 * Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * b[i]));
  const isBot = (row) => isDamaged && row < planted * each;
  const user = Int32Array.from(who, (u, row) =>
    isBot(row) ? people + Math.floor(row / each) : Math.floor(people * u ** 1.3),
  );
  const time = when.map((u, row) =>
    isEven && isBot(row) ? 3600 * (1 + user[row]) + 90 * (row % each) : Math.floor(days * day * u),
  );
  const rate = (row) => (isBot(row) && !isEven ? 0.3 : 1 / (1 + Math.exp(4.6 - (liking[user[row]] ?? 0))));
  const label = Int32Array.from(click, (u, row) => Number(u < rate(row)));
  return { user, time, label };
}

async function called(engine, seed, isDamaged, isEven) {
  const name = `bots_${seed}_${Number(isDamaged)}_${Number(isEven)}`;
  const roles = { label: 'label', time: 'time', user: 'user' };
  let users = [];
  await looked(bots, engine, name, async (run) => {
    const study = await tableStudy(name, log(seed, isDamaged, isEven), roles, run);
    const { flagged } = await bots.detect(study, run);
    if (flagged === null) return study;
    const sql = `SELECT DISTINCT c0 AS u FROM ${name} JOIN ${flagged.relation} USING (k)`;
    users = (await run.engine.rows({ sql }, 1000, run)).map((row) => Number(row.u));
    return study;
  });
  return new Set(users);
}

const of = (scores, name) => mean(scores.map((score) => score[name]));

export async function botUsers(engine, say, figure) {
  const truth = new Set(Array.from({ length: planted }, (_, i) => people + i));
  const [clicking, even, clean] = [[], [], []];
  for (const seed of seeds) {
    clicking.push(scored(await called(engine, seed, true, false), truth));
    even.push(scored(await called(engine, seed, true, true), truth));
    clean.push((await called(engine, seed, false, false)).size);
  }
  for (const [name, scores] of Object.entries({ 'clicking at 30%': clicking, 'at the base rate, every 90 s': even })) {
    say(
      `bots ${name}, ${seeds.length} seeds: precision ${of(scores, 'precision').toFixed(3)}, recall ${of(scores, 'recall').toFixed(3)}`,
    );
  }
  figure('bots.clicking-f1', of(clicking, 'f1'), '>=', 0.95);
  figure('bots.fixed-intervals-f1', of(even, 'f1'), '>=', 0.95);
  figure(
    'bots.users-on-clean-logs',
    clean.reduce((sum, n) => sum + n, 0),
    '<=',
    0,
  );
}
