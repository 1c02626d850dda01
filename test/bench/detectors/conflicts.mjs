// Conflicts: 20,000 rows of two weeks whose features seldom repeat; a hundredth of them written again with the other label, at
// the same moment or hours later, or as a positive that comes late; and four columns of few values, which agree by chance.
import { conflicts } from '../../../dist/analyzers/conflicts/index.js';
import { day, drawn, looked, mean, seeds, tableStudy } from './logs.mjs';
import { scored } from './table.mjs';

const [rows, days, users, items] = [20_000, 14, 2000, 200];
const roles = { label: 'label', time: 'time', user: 'user', item: 'item' };

/** Columns, and the row of each pair that is to be flagged, by what is planted. */
function log(seed, planted) {
  const [when, who, what, price, click, hit, later] = ['when', 'who', 'what', 'price', 'click', 'hit', 'later'].map(
    (stream) => drawn(seed, `conflicts-${stream}`, rows),
  );
  const few = planted === 'chance';
  const all = [...when.keys()].map((i) => ({
    time: Math.floor(days * day * when[i]),
    user: few ? Math.floor(4 * who[i]) : Math.floor(users * who[i]),
    item: few ? Math.floor(5 * what[i]) : Math.floor(items * what[i]),
    price: few ? Math.floor(6 * price[i]) : Math.round(1e4 * price[i]) / 100,
    label: Number(click[i] < 0.4),
  }));
  const truth = new Set();
  const again = planted === 'nothing' || few ? [] : [...all.keys()].filter((i) => hit[i] < 0.01);
  for (const i of again) {
    if (planted === 'late') all[i].label = 0;
    const { time, label } = all[i];
    const copy = {
      ...all[i],
      label: 1 - label,
      time: planted === 'same' ? time : time + Math.floor(3600 * (1 + 23 * later[i])),
    };
    all.push(copy);
    // Of one moment the negative is doubted; of two the earlier row, which the later one contradicts.
    truth.add(planted === 'same' && label === 1 ? all.length - 1 : i);
  }
  const of = (name, Kind) => Kind.from(all, (row) => row[name]);
  const columns = {
    ...Object.fromEntries(['user', 'item', 'label'].map((name) => [name, of(name, Int32Array)])),
    ...Object.fromEntries(['time', 'price'].map((name) => [name, of(name, Float64Array)])),
  };
  return { columns, truth };
}

const codes = { same: 'conflicts.same-moment', other: 'conflicts.other-moment', late: 'conflicts.delayed' };

export async function contradicted(engine, say, figure) {
  for (const planted of [...Object.keys(codes), 'chance', 'nothing']) {
    const scores = [];
    let [named, called] = [0, 0];
    for (const seed of seeds) {
      const name = `conflicts_${planted}_${seed}`;
      const { columns, truth } = log(seed, planted);
      await looked(conflicts, engine, name, async (run) => {
        const study = await tableStudy(name, columns, roles, run);
        const { flagged, findings } = await conflicts.detect(study, run);
        called += Number(flagged !== null);
        named += Number(findings.length === 1 && findings[0].code === codes[planted]);
        const sql = `SELECT k FROM ${flagged?.relation}`;
        const found = flagged === null ? [] : await run.engine.rows({ sql }, 2 * rows, run);
        scores.push(scored(new Set(found.map((row) => Number(row.k))), truth));
        return study;
      });
    }
    if (codes[planted] === undefined) {
      figure(`conflicts.${planted}-called-of-20`, called, '<=', 0);
      continue;
    }
    const of = (what) => mean(scores.map((s) => s[what]));
    say(
      `conflicts, ${planted}: named ${named} of 20, rows precision ${of('precision').toFixed(3)}, recall ${of('recall').toFixed(3)}`,
    );
    figure(`conflicts.${planted}-named-of-20`, named, '>=', 20);
    figure(`conflicts.${planted}-f1`, of('f1'), '>=', 0.99);
  }
}
