// Order of events: 30,000 rows of two weeks in the order of time, each with the last items its user saw (up to ten); a hundredth of the moments
// wrong, a twentieth shared with the event before, or the event itself at the end of a fiftieth of the histories.
import { sequence } from '../../../dist/analyzers/sequence/index.js';
import { day, drawn, looked, mean, seeds, tableStudy } from './logs.mjs';
import { scored } from './table.mjs';

const [rows, days, users, items, longest] = [30_000, 14, 1500, 300, 10];

function log(seed, planted) {
  const [when, who, what, again, click, hit, by] = ['when', 'who', 'what', 'again', 'click', 'hit', 'by'].map(
    (stream) => drawn(seed, `sequence-${stream}`, rows),
  );
  const honest = Float64Array.from(when.map((u) => days * day * u)).sort();
  const user = Int32Array.from(who, (u) => Math.floor(users * u ** 1.2));
  const seen = new Map();
  const truth = new Set();
  const [time, item, history] = [honest.slice(), new Int32Array(rows), []];
  const latest = new Map();
  for (let i = 0; i < rows; i++) {
    const known = seen.get(user[i]) ?? [];
    // One in ten events is a return to one of the last three items.
    item[i] =
      known.length > 2 && again[i] < 0.1 ? known.at(-1 - Math.floor(3 * what[i])) : Math.floor(items * what[i] ** 2);
    history.push(known.slice(-longest));
    seen.set(user[i], [...known, item[i]]);
    const before = latest.get(user[i]);
    if (planted === 'clock' && hit[i] < 0.01) {
      const away = (0.1 + 0.3 * by[i]) * days * day;
      time[i] += honest[i] < (days * day) / 2 ? away : -away;
      truth.add(i);
    }
    if (planted === 'ties' && hit[i] < 0.05 && before !== undefined) {
      time[i] = before;
      truth.add(i);
    }
    latest.set(user[i], time[i]);
    if (planted === 'target' && hit[i] < 0.02 && history[i].length > 0) {
      history[i].push(item[i]);
      truth.add(i);
    }
  }
  const label = Int32Array.from(click, (u) => Number(u < 0.05));
  return { columns: { time, user, item, history: history.map((h) => h.join(',')), label }, truth };
}

const codes = { clock: 'sequence.out-of-order', ties: 'sequence.ties', target: 'sequence.own-target' };

export async function orderOfEvents(engine, say, figure) {
  const roles = { label: 'label', time: 'time', user: 'user', item: 'item' };
  for (const planted of [...Object.keys(codes), 'nothing']) {
    const scores = [];
    let called = 0;
    for (const seed of seeds) {
      const name = `sequence_${planted}_${seed}`;
      const { columns, truth } = log(seed, planted);
      await looked(sequence, engine, name, async (run) => {
        const study = await tableStudy(name, columns, roles, run);
        const { flagged, findings } = await sequence.detect(study, run);
        called += Number(findings.some((f) => f.severity !== 'note'));
        if (flagged === null || planted === 'nothing') return study;
        const sql = `SELECT k FROM ${flagged.relation} WHERE code = '${codes[planted]}'`;
        const found = (await run.engine.rows({ sql }, rows, run)).map((row) => Number(row.k));
        scores.push(scored(new Set(found), truth));
        return study;
      });
    }
    if (planted === 'nothing') {
      figure('sequence.clean-called-of-20', called, '<=', 0);
      continue;
    }
    const of = (what) => mean(scores.map((s) => s[what]));
    say(
      `sequence, ${planted}: called ${called} of 20, rows precision ${of('precision').toFixed(3)}, recall ${of('recall').toFixed(3)}`,
    );
    figure(`sequence.${planted}-called-of-20`, called, '>=', 20);
    // The row before a shared moment shares it too.
    if (planted === 'clock') figure('sequence.clock-f1', of('f1'), '>=', 0.99);
    else figure(`sequence.${planted}-recall`, of('recall'), '>=', 0.999);
    if (planted === 'target') figure('sequence.target-precision', of('precision'), '>=', 0.999);
  }
}
