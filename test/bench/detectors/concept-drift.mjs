// Concept drift: 60,000 rows of two weeks, 5% positive: nothing changes; what is shown changes; an effect turns for half of the items; the
// effect of the position doubles.
import { conceptDrift } from '../../../dist/analyzers/concept-drift/index.js';
import { day, drawn, looked, tableStudy } from './logs.mjs';

const [rows, days, users, items] = [60_000, 14, 3000, 500];
const seeds = [1, 2, 3];

const late = (i) => i >= rows / 2;

function normals(seed, stream, count) {
  const [a, b] = ['a', 'b'].map((part) => drawn(seed, `concept-${stream}-${part}`, count));
  return a.map((u, i) => Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * b[i]));
}

function log(seed, change) {
  const [when, who, what, where, click] = ['when', 'who', 'what', 'where', 'click'].map((stream) =>
    drawn(seed, `concept-${stream}`, rows),
  );
  const time = Float64Array.from(when.map((u) => Math.floor(days * day * u)).sort());
  const user = Int32Array.from(who, (u) => Math.floor(users * u ** 1.3));
  const item = Int32Array.from(what, (u, i) =>
    Math.floor(items * (change === 'covariates' && late(i) ? Math.sqrt(u) : u * u)),
  );
  const position = where.map((u) => 1 + Math.floor(10 * u ** (change === 'covariates' ? 0.7 : 1.5)));
  const [affinity, price, noise] = ['affinity', 'price', 'noise'].map((stream) => normals(seed, stream, rows));
  if (change === 'covariates') for (let i = rows / 2; i < rows; i++) affinity[i] = 0.7 * affinity[i] + 0.8;
  const [liking, quality] = [normals(seed, 'liking', users), normals(seed, 'quality', items)];
  const label = Int32Array.from(click, (u, i) => {
    const turns = change === 'reversed' && late(i) && item[i] % 2 === 0;
    const push = change === 'position' && late(i) ? 0.3 : 0.15;
    const logit =
      -3.7 +
      (turns ? -1 : 1) * affinity[i] +
      0.6 * liking[user[i]] +
      0.6 * quality[item[i]] -
      push * (position[i] - 1) -
      0.3 * price[i];
    return Number(u < 1 / (1 + Math.exp(-logit)));
  });
  return { time, user, item, position, affinity, price, noise, label };
}

export async function conceptDrifts(engine, say, figure) {
  const called = {};
  for (const change of ['nothing', 'covariates', 'reversed', 'position']) {
    const gains = [];
    called[change] = 0;
    for (const seed of seeds) {
      const name = `concept_${change}_${seed}`;
      const roles = { label: 'label', time: 'time', user: 'user', item: 'item' };
      const { evidence } = await looked(conceptDrift, engine, name, (run) =>
        tableStudy(name, log(seed, change), roles, run),
      );
      const [finding] = evidence.findings;
      gains.push(
        `${finding.args.gain.toFixed(4)} [${finding.args.low.toFixed(4)}, ${finding.args.high.toFixed(4)}] ${finding.args.columns.join(' ')}`,
      );
      called[change] += Number(finding.code === 'concept-drift.moved');
    }
    say(`concept drift, ${change}: called ${called[change]} of ${seeds.length}: ${gains.join('; ')}`);
  }
  figure('concept-drift.reversed-called-of-3', called.reversed, '>=', 3);
  figure('concept-drift.nothing-called-of-3', called.nothing, '<=', 0);
  figure('concept-drift.covariates-called-of-3', called.covariates, '<=', 0);
}
