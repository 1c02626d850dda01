// Quiet on clean data: what every detector calls where nothing is known to be wrong. `ASSAY_DATA=FOLDER npm run bench --
// quiet [SET ...]`: higgs, each open bandit file and its halves, clicks, clicks-hard, the demo without planted defects, and
// 20 null logs (or ASSAY_NULL_LOGS). Prints one figure a detector and set, keeps the table in test/bench/results/quiet.txt, and exits 1 where
// something is called that is not known to hold of the file: quiet/expected.mjs, which was written after these calls were seen.
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defects } from '../../dist/analyzers/index.js';
import { argText } from '../../dist/src/core/arg-text.js';
import { audit } from '../../dist/src/audit/audit.js';
import { createRun } from '../../dist/src/core/run.js';
import { createDuckDb } from '../../dist/src/dataset/engines/duckdb/engine.js';
import { openStudy } from '../../dist/src/dataset/open.js';
import { makeDemo } from '../../dist/src/demo/make.js';
import { expected } from './quiet/expected.mjs';

const data = process.env.ASSAY_DATA;
if (data === undefined) {
  console.error('Set ASSAY_DATA to the folder of the public data sets.');
  process.exit(3);
}
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
mkdirSync(here('work'), { recursive: true });
const version = 7; // raise when detectors change: earlier cells then do not count
const store = here(`work/quiet-${version}.jsonl`);
const done = new Map(
  (existsSync(store) ? readFileSync(store, 'utf8').split('\n').filter(Boolean) : [])
    .map((line) => JSON.parse(line))
    .map(({ set, calls }) => [set, calls]),
);

const bandit = { label: 'click', positive: '1', time: 'timestamp', item: 'item_id', position: 'position' };
const clicks = { label: 'label', positive: '1', time: 't', user: 'user', item: 'item', exclude: ['row', 'eta'] };
const file = (name) => path.join(data, name);
const sets = {
  higgs: (open) => open({ train: file('higgs/train.tsv.gz'), header: false, label: 'column0', positive: '1' }),
  'higgs with test': (open) => {
    const [train, test] = [file('higgs/train.tsv.gz'), file('higgs/test.tsv.gz')];
    return open({ train, test, header: false, label: 'column0', positive: '1' });
  },
  clicks: (open) => open({ train: file('clicks/clicks.csv.gz'), ...clicks }),
  'clicks-hard': (open) => open({ train: file('clicks/clicks-hard.csv.gz'), ...clicks }),
};
for (const name of ['random_men', 'random_women', 'bts_men', 'bts_women']) {
  const whole = (open) => open({ train: file(`open-bandit/${name}.csv.gz`), exclude: ['column0'], ...bandit });
  sets[`${name}, early half`] = (open, run) => halves(whole(open), 'early', run);
  sets[`${name}, late half`] = (open, run) => halves(whole(open), 'late', run);
  sets[`${name}, late half against early`] = (open, run) => halves(whole(open), 'both', run);
  sets[`${name}, random halves`] = (open, run) => halves(whole(open), 'random', run);
}
const demo = (rows, seed) => async (open, run) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-quiet-'));
  run.onClose(async () => rmSync(folder, { recursive: true, force: true }));
  const { train, roles } = await makeDemo({ rows, seed, folder, planted: false }, run);
  return open({ train, ...roles });
};
sets['demo without defects'] = demo(200_000, 1);
const nullLogs = Number(process.env.ASSAY_NULL_LOGS ?? 20);
for (let seed = 101; seed < 101 + nullLogs; seed++) sets[`null log ${seed}`] = demo(20_000, seed);

/** A study over one half of the rows of another, by time or by a draw; the other half as reference or as test file. */
async function halves(opened, which, run) {
  const study = await opened;
  const { engine } = run;
  const place = `(SELECT median(k) FROM ${study.train.name})`;
  const first = which === 'random' ? `${engine.dialect.uniform('halves', 'k')} < 0.5` : `k < ${place}`;
  const part = async (name, where) => {
    await engine.write({ sql: `SELECT * FROM ${study.train.name} WHERE ${where}` }, { kind: 'table', name }, run);
    const [row] = await engine.rows({ sql: `SELECT count(*) AS n FROM ${name}` }, 1, run);
    return { ...study.train, name, rows: Number(row.n) };
  };
  const [early, late] = [await part('half_early', first), await part('half_late', `NOT ${first}`)];
  if (which === 'early') return { ...study, whole: early, train: early };
  if (which === 'random') return { ...study, whole: early, train: early, test: late };
  return { ...study, whole: late, train: late, reference: which === 'both' ? early : null };
}

/** Findings that are more than a note, and flagged units, of each detector; `failed` where one did not end well. */
async function callsOn(set) {
  if (done.has(set)) return done.get(set);
  const engine = await createDuckDb({ threads: 2 });
  const run = createRun({ engine, threads: 2, id: 'quiet' });
  try {
    const study = await sets[set]((options) => openStudy({ ...options, cache: here('work/cache') }, run), run);
    const calls = {};
    for (const [id, outcome] of await audit(study, defects, run)) {
      if (outcome.outcome === 'failed') calls[id] = { called: [`failed: ${outcome.reason}`], flagged: 0, share: 0 };
      if (outcome.outcome !== 'ok') continue;
      const { findings, flagged, score } = outcome.evidence;
      const worth = findings.filter((f) => f.severity !== 'note');
      const called = worth.map((f) => `${f.severity} ${f.code} ${argText(f.args.column)}`.trimEnd());
      calls[id] = { called, notes: findings.length - worth.length, flagged: flagged?.rows ?? 0, share: score ?? 0 };
    }
    appendFileSync(store, `${JSON.stringify({ set, calls })}\n`);
    return calls;
  } finally {
    await run.close();
    await engine.close();
  }
}

const asked = process.argv.slice(2);
const lines = [];
const say = (line) => {
  console.log(line);
  lines.push(line);
};
let short = 0;
const all = new Map();
for (const set of Object.keys(sets)) {
  if (asked.length > 0 && !asked.some((name) => set.startsWith(name))) continue;
  const calls = await callsOn(set);
  say(`${set}: ${Object.keys(calls).length} detectors`);
  for (const [id, { called, notes, flagged, share }] of Object.entries(calls)) {
    const known = called.filter((call) => expected(id, call, set) !== null);
    const rest = called.filter((call) => !known.includes(call));
    if (called.length > 0 || flagged > 0) {
      const why = [...new Set(known.map((call) => expected(id, call, set)))].map((reason) => ` (${reason})`).join('');
      say(
        `  ${id}: ${called.join(', ') || 'nothing'}${why}; ${notes} notes, ${flagged} flagged, share ${share.toFixed(5)}`,
      );
    }
    const sum = all.get(id) ?? { sets: 0, called: 0, known: 0, most: 0 };
    const most = Math.max(sum.most, share);
    all.set(id, { sets: sum.sets + 1, called: sum.called + rest.length, known: sum.known + known.length, most });
  }
}
for (const [id, { sets: n, called, known, most }] of all) {
  const ok = called === 0;
  if (!ok) short++;
  say(
    `figure quiet.${id} ${called} bar <= 0 ${ok ? 'ok' : 'short'} (${n} sets, ${known} calls that hold of the file, flagged share at most ${most.toFixed(5)})`,
  );
}
if (asked.length === 0) writeFileSync(here('results/quiet.txt'), `${lines.join('\n')}\n`);
process.exit(short > 0 ? 1 : 0);
