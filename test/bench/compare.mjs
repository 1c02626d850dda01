// `assay compare` on demo logs whose truth is known: `npm run bench -- compare [SEEDS]`. Planted: a log against itself with
// the price of some evening hours of its last days multiplied by 100, more hours until the difference in AUC exceeds three
// times the smallest that can be seen; then compared as a user would, all defects looked for. Named counts where the first
// cause is the price, in stretches of time within the planted ones that hold as many rows, give or take a tenth. Clean: two
// logs of other users from one law. Resumable: what is measured stays in test/bench/work.
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defects } from '../../dist/analyzers/index.js';
import { openBoth } from '../../dist/src/comparing/both.js';
import { compare } from '../../dist/src/comparing/compare.js';
import { createRun } from '../../dist/src/core/run.js';
import { createDuckDb } from '../../dist/src/dataset/engines/duckdb/engine.js';
import { demoRoles, makeDemo } from '../../dist/src/demo/make.js';

const seeds = Number(process.argv[2] ?? 20);
const rows = 200_000;
const pairs = 4;
/** First hour of each planting, the last is 20; 0 is all hours. */
const firstHours = [20, 18, 15, 10, 0];
const lastDays = 5;
// Part of the file name: results of another version of this bench are not mixed with these.
const version = 3;
const log = fileURLToPath(new URL(`work/compare-${version}.jsonl`, import.meta.url));
mkdirSync(path.dirname(log), { recursive: true });
const known = existsSync(log)
  ? readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  : [];
const temp = mkdtempSync(path.join(tmpdir(), 'assay-bench-compare-'));
const engine = await createDuckDb({ memory: '2GB', threads: 2, temp });
const call = { id: 'bench', signal: new AbortController().signal };

async function logOf(seed) {
  const folder = path.join(temp, `log-${seed}`);
  const run = createRun({ engine, seed, threads: 2 });
  const { train } = await makeDemo({ rows, seed, folder, planted: false }, run);
  await run.close();
  return train;
}

async function compared(a, b, seed, looked = defects) {
  const run = createRun({ engine, seed, threads: 2 });
  const both = await openBoth({ ...demoRoles, train: b, cache: path.join(temp, 'cache') }, a, run);
  const found = await compare(both, { names: { a: 'A', b: 'B' }, defects: looked, budget: 60, pairs, seed }, run);
  await run.close();
  return found;
}

/** Writes B, and gives the rows that were changed, and from when to when in seconds since 1970, whole hours. */
async function plant(from, first, to) {
  const late = `time >= (SELECT max(time) FROM read_parquet('${from}')) - INTERVAL ${lastDays} DAY`;
  const hit = `${late} AND ${first === 0 ? 'true' : `hour BETWEEN ${first} AND 20`}`;
  const sql = `SELECT * REPLACE (CASE WHEN ${hit} THEN price * 100 ELSE price END AS price) FROM read_parquet('${from}')`;
  await engine.write({ sql }, { kind: 'parquet', path: to }, call);
  const [row] = await engine.rows(
    {
      sql: `SELECT count(*) AS n, floor(epoch(min(time)) / 3600) * 3600 AS first, ceil(epoch(max(time)) / 3600) * 3600 AS last
        FROM read_parquet('${from}') WHERE ${hit}`,
    },
    1,
    call,
  );
  return { rows: Number(row.n), from: Number(row.first), to: Number(row.last) };
}

/** First and last moment of a place in words, in seconds; null where it names none. An end without a date is of the date before it. */
function spanOf(where) {
  let date = null;
  const moments = [...(where ?? '').matchAll(/(\d{4}-\d\d-\d\d)?(?:[ T]?(\d\d:\d\d))?/g)]
    .filter(([text]) => text.trim() !== '')
    .map(([, day, clock = '00:00']) => {
      date = day ?? date;
      return Date.parse(`${date}T${clock}:00Z`) / 1000;
    });
  return moments.length < 2 ? null : { from: Math.min(...moments), to: Math.max(...moments) };
}

function isPlanted(cause, truth) {
  const span = spanOf(cause.where);
  return (
    cause.column === 'price' &&
    span !== null &&
    span.from >= truth.from &&
    span.to <= truth.to &&
    Math.abs(cause.units - truth.rows) <= truth.rows / 10
  );
}

async function planted(seed) {
  const a = await logOf(seed);
  for (const first of firstHours) {
    const b = path.join(temp, `planted-${seed}-${first}.parquet`);
    const truth = await plant(a, first, b);
    // The difference does not depend on which causes are looked for.
    const { difference } = (await compared(a, b, seed, [])).auc;
    const enough = Math.abs(difference.value) > 3 * difference.mde;
    if (!enough && first !== 0) continue;
    const { auc, causes } = await compared(a, b, seed);
    const [top] = causes.filter((cause) => cause.resolved);
    return {
      kind: 'planted',
      seed,
      first,
      planted: truth.rows,
      difference: auc.difference.value,
      mde: auc.difference.mde,
      enough,
      top: top?.title ?? null,
      units: top?.units ?? 0,
      explains: top?.explains ?? null,
      named: top !== undefined && isPlanted(top, truth),
    };
  }
  throw new Error('there is a last planting');
}

async function clean(seed) {
  const { causes, auc } = await compared(await logOf(seed), await logOf(1000 + seed), seed);
  const named = causes.filter((cause) => cause.resolved).map((cause) => cause.title);
  return {
    kind: 'clean',
    seed,
    difference: auc.difference.value,
    resolved: auc.difference.resolved,
    named,
    ok: named.length === 0,
  };
}

const of = (kind) => known.filter((one) => one.kind === kind && one.seed <= seeds).toSorted((x, y) => x.seed - y.seed);

/** The table of the pairs that are measured, and the number of figures that fall short. */
function table() {
  const lines = [
    ...of('planted').map(
      (p) =>
        `planted ${p.seed}: from hour ${p.first}, ${p.planted} rows, difference ${p.difference.toFixed(4)} (mde ${p.mde.toFixed(4)}), ${p.top ?? 'nothing named'}, ${p.units} rows, explains ${(100 * (p.explains ?? 0)).toFixed(0)}%`,
    ),
    ...of('clean').map(
      (p) =>
        `clean ${p.seed}: difference ${p.difference.toFixed(4)}${p.resolved ? ' resolved' : ''}, ${p.named.length === 0 ? 'nothing named' : p.named.join('; ')}`,
    ),
  ];
  const figures = [
    ['above-three-mde', 'planted', (p) => p.enough, 0.8],
    ['planted-named-and-explained', 'planted', (p) => p.enough && p.named && p.explains >= 0.8, 0.8],
    ['clean-pairs-without-a-cause', 'clean', (p) => p.ok, 0.9],
  ].map(([name, kind, hit, share]) => [
    name,
    of(kind).filter(hit).length,
    of(kind).length,
    Math.ceil(share * of(kind).length),
  ]);
  figures.push(['pairs-measured', of('planted').length + of('clean').length, 2 * seeds, 2 * seeds]);
  for (const [name, value, all, bar] of figures)
    lines.push(`figure compare.${name} ${value} of ${all} bar >= ${bar} ${value >= bar ? 'ok' : 'short'}`);
  const text = `${lines.join('\n')}\n`;
  if (seeds === 20) writeFileSync(new URL('results/compare.txt', import.meta.url), text);
  return { text, short: figures.filter(([, value, , bar]) => value < bar).length };
}

if (known.length > 0) table();
for (let seed = 1; seed <= seeds; seed++) {
  for (const [kind, measure] of Object.entries({ planted, clean })) {
    if (known.some((one) => one.kind === kind && one.seed === seed)) continue;
    const one = await measure(seed);
    known.push(one);
    appendFileSync(log, `${JSON.stringify(one)}\n`);
    console.log(JSON.stringify(one));
    // What is measured stands, whatever stops the rest.
    table();
  }
}
await engine.close();
rmSync(temp, { recursive: true, force: true });
const { text, short } = table();
console.log(text);
process.exit(short > 0 ? 1 : 0);
