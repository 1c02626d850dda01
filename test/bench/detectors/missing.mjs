// Missing cells: a tenth of telco's MonthlyCharges removed in four ways, outages in a generated log, and telco's own blanks.
import { missing } from '../../../dist/analyzers/missing/index.js';
import { createRandom } from '../../../dist/src/core/random.js';
import { createRun } from '../../../dist/src/core/run.js';
import { openSet } from './data.mjs';
import { day, drawn, looked, seeds, tableStudy } from './logs.mjs';
import { mean } from './table.mjs';

const removed = 'MonthlyCharges';
const hour = 3600;

/** What makes a row lose its cell, in standard deviations of it: e^1.5 times as likely for each. */
const drivers = {
  mcar: () => 0,
  'mar by tenure': ({ tenure }) => tenure,
  'mnar by itself': ({ charge }) => charge,
  'by the label': ({ label }) => label,
};

function standardised(values) {
  const centre = mean(values);
  const sd = Math.sqrt(mean(values.map((v) => (v - centre) ** 2)));
  return values.map((v) => (sd === 0 ? 0 : (v - centre) / sd));
}

/** AUC of the nulls by the other columns, AUC of the label by the nulls, and whether they are called dependent. */
async function nullsOf(mechanism, seed, engine, cache) {
  const run = createRun({ engine, seed, threads: 2, id: `missing-${mechanism}-${seed}` });
  try {
    const study = await openSet('telco', cache, run);
    const { train, roles } = study;
    const id = (name) => train.columns.find((column) => column.name === name).id;
    const { column, positive } = roles.label;
    const sql = `SELECT k, CAST(${id('tenure')} AS DOUBLE) AS tenure, CAST(${id(removed)} AS DOUBLE) AS charge,
      CAST(CAST(${column.id} AS VARCHAR) = '${positive}' AS INTEGER) AS label FROM ${train.name} ORDER BY k`;
    const rows = await engine.rows({ sql }, train.rows, run);
    const z = standardised(rows.map(drivers[mechanism]));
    const random = createRandom(seed).fork(`missing/${mechanism}`);
    // Without replacement by weight: the largest u^(1/w) (Efraimidis and Spirakis 2006).
    const order = rows
      .map(({ k }, i) => ({ k, draw: random.at(i) ** Math.exp(-1.5 * z[i]) }))
      .toSorted((a, b) => b.draw - a.draw);
    const lost = order.slice(0, Math.round(rows.length / 10)).map(({ k }) => BigInt(k));
    await engine.put('lost', [{ name: 'row', type: 'BIGINT', values: BigInt64Array.from(lost) }], run);
    const cells = train.columns.map((c) =>
      c.name === removed ? `CASE WHEN k IN (SELECT row FROM lost) THEN NULL ELSE ${c.id} END AS ${c.id}` : c.id,
    );
    const name = `missing_${mechanism.replaceAll(' ', '_')}_${seed}`;
    await engine.write({ sql: `SELECT k, ${cells.join(', ')} FROM ${train.name}` }, { kind: 'table', name }, run);
    const relation = { ...train, name };
    const { measurements, findings } = await missing.detect({ ...study, whole: relation, train: relation }, run);
    const value = (measure) => measurements.find((m) => m.name === measure && m.column === removed).value;
    const called = findings.some((f) => f.code === 'missing.not-at-random' && f.args.column === removed);
    return { predicted: value('missing.predicted-auc'), label: value('missing.label-auc'), called: Number(called) };
  } finally {
    await run.close();
  }
}

/** A log of 14 days, 2% of one column null, all of 2 to 6 hours at 60% where `outage` is true. */
function log(seed, outage) {
  const rows = 50_000;
  const start = Date.UTC(2026, 0, 5) / 1000;
  const [when, value, lost, click] = ['when', 'value', 'lost', 'click'].map((stream) =>
    drawn(seed, `outage-${stream}`, rows),
  );
  const [first, long] = drawn(seed, 'outage-hours', 2);
  const from = start + hour * Math.floor(first * (14 * 24 - 6));
  const to = from + hour * (2 + Math.floor(5 * long));
  const time = Int32Array.from(when, (u) => start + Math.floor(14 * day * u)).sort();
  const isOut = (i) => outage && time[i] >= from && time[i] < to;
  return {
    columns: {
      time,
      amount: value.map((u, i) => (lost[i] < (isOut(i) ? 0.6 : 0.02) ? Number.NaN : u)),
      label: Int32Array.from(click, (u) => Number(u < 0.05)),
    },
    hours: new Set(outage ? Array.from({ length: (to - from) / hour }, (_, h) => from / hour + h) : []),
  };
}

/** Hours that outages of a log are said to last. */
async function hoursOf(seed, outage, engine) {
  const { columns, hours } = log(seed, outage);
  const name = `outage_${seed}_${Number(outage)}`;
  const roles = { label: 'label', time: 'time' };
  const { evidence } = await looked(missing, engine, name, (run) => tableStudy(name, columns, roles, run));
  const found = new Set();
  for (const { code, args } of evidence.findings)
    if (code === 'missing.outage')
      for (let h = seconds(args.from) / hour; h < seconds(args.to) / hour; h++) found.add(h);
  return { hours, found };
}

/** Moments of an integer time are its seconds. */
const seconds = (text) => (/^\d+$/.test(text) ? Number(text) : Date.parse(`${text.replace(' ', 'T')}Z`) / 1000);

async function outageLines(engine, once, say, figure) {
  let [named, hits, said, due, alarms] = [0, 0, 0, 0, 0];
  for (const seed of seeds) {
    const counts = await once(`missing outage ${seed}`, async () => {
      const { hours, found } = await hoursOf(seed, true, engine);
      const clean = await hoursOf(seed, false, engine);
      const right = [...found].filter((h) => hours.has(h)).length;
      return { right, found: found.size, hours: hours.size, clean: clean.found.size };
    });
    named += Math.min(1, counts.right);
    hits += counts.right;
    said += counts.found;
    due += counts.hours;
    alarms += Math.min(1, counts.clean);
  }
  say(
    `missing: outages of 2 to 6 hours at 60% null over 2%, ${seeds.length} seeds: ${hits} of ${due} hours, ${said} said`,
  );
  figure('missing.outage.found-of-20', named, '>=', 20);
  figure('missing.outage.hours.f1', (2 * hits) / (said + due), '>=', 0.95);
  figure('missing.outage.false-of-20', alarms, '<=', 1);
}

async function blankLines(engine, cache, figure) {
  const run = createRun({ engine, threads: 2, id: 'missing-telco' });
  const { findings } = await missing.detect(await openSet('telco', cache, run), run);
  await run.close();
  const right = findings.filter(
    ({ code, args }) =>
      code === 'missing.structural' &&
      args.column === 'TotalCharges' &&
      args.cells === 11 &&
      args.rule.some((rule) => rule.column === 'tenure' && rule.value === '0'),
  );
  figure('missing.telco.blanks-named-with-the-rule', right.length, '>=', 1);
}

/** The lines of missing. */
export async function missingLines({ engine, cache, once, say, figure }) {
  say(
    `missing: a tenth of telco's ${removed} removed, 5 seeds: AUC of the nulls by other columns, of the label by the nulls`,
  );
  for (const mechanism of Object.keys(drivers)) {
    const cells = [];
    for (const seed of seeds.slice(0, 5))
      cells.push(await once(`missing ${mechanism} ${seed}`, () => nullsOf(mechanism, seed, engine, cache)));
    const all = cells.map((c) => c.predicted);
    const [auc, label] = [mean(all), mean(cells.map((c) => c.label))];
    const called = cells.reduce((sum, c) => sum + c.called, 0);
    const range = `${Math.min(...all).toFixed(3)} to ${Math.max(...all).toFixed(3)}`;
    say(
      `  ${mechanism.padEnd(15)} ${auc.toFixed(3)} (${range})  label ${label.toFixed(3)}  called dependent ${called} of 5`,
    );
    if (mechanism === 'mcar') {
      figure('missing.mcar.least-auc', Math.min(...all), '>=', 0.47);
      figure('missing.mcar.most-auc', Math.max(...all), '<=', 0.53);
      figure('missing.mcar.called-of-5', called, '<=', 0);
    }
    if (mechanism === 'mar by tenure') figure('missing.mar.auc', auc, '>=', 0.8);
  }
  await outageLines(engine, once, say, figure);
  await blankLines(engine, cache, figure);
}
