// Cost of writing and undoing a cleaning, as a multiple of a plain copy of the same table, and peak memory.
// npm run bench -- plans [ROWS [PLAN...]]; the table is generated, 3,000,000 rows x 20 columns by default.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { createRun } from '../../dist/src/core/run.js';
import { expr, planOf } from '../../dist/src/core/plan.js';
import { noRoles } from '../../dist/src/core/study.js';
import { writeCleaned } from '../../dist/src/cleaning/files/write.js';
import { undo } from '../../dist/src/cleaning/undo/undo.js';
import { createDuckDb } from '../../dist/src/dataset/engines/duckdb/engine.js';

const memoryMb = 3000;
const threads = 2;
const repeats = Number(process.env.ASSAY_BENCH_REPEATS ?? 3);

const kinds = [
  ...Array.from({ length: 8 }, (_, i) => [`d${i}`, 'DOUBLE']),
  ...Array.from({ length: 4 }, (_, i) => [`i${i}`, 'BIGINT']),
  ...Array.from({ length: 3 }, (_, i) => [`s${i}`, 'VARCHAR']),
  ['f', 'FLOAT'],
  ['m', 'DECIMAL(9,2)'],
  ['t', 'TIMESTAMP'],
  ['b', 'BOOLEAN'],
  ['y', 'TINYINT'],
];

/** Values of a column: spread by a hash of row and column, a tenth of the doubles null. */
function generated(name, type) {
  const h = `(hash(r.range, '${name}') >> 11)`;
  const u = `(CAST(${h} AS DOUBLE) / 9007199254740992)`;
  if (type === 'DOUBLE') return `CASE WHEN ${h} % 10 = 0 THEN NULL ELSE ${u} * 1000 END`;
  if (type === 'FLOAT') return `CAST(${u} AS FLOAT)`;
  if (type === 'BIGINT') return `CAST(${h} % 100000 AS BIGINT)`;
  if (type === 'VARCHAR') return `'v' || CAST(${h} % 5000 AS VARCHAR)`;
  if (type === 'TIMESTAMP') return `TIMESTAMP '2024-01-01' + to_seconds(CAST(r.range // 2 AS BIGINT))`;
  if (type === 'BOOLEAN') return `${h} % 3 = 0`;
  if (type === 'TINYINT') return `CAST(${h} % 100 < 3 AS TINYINT)`;
  return `CAST(${u} * 1000 AS ${type})`;
}

async function openEngine() {
  const engine = await createDuckDb({ memory: `${memoryMb}MB`, threads });
  return { engine, run: createRun({ engine, threads }) };
}

async function generate(path, rows) {
  const { engine, run } = await openEngine();
  const columns = kinds.map(([name, type]) => `${generated(name, type)} AS ${name}`);
  await engine.write({ sql: `SELECT ${columns.join(', ')} FROM range(${rows}) AS r` }, { kind: 'parquet', path }, run);
  await engine.close();
}

const unit = (column) => ({ op: '*', args: [expr.col(column), expr.double(0.001)] });
const below = (column, value) => ({ rule: expr.cmp('<', expr.col(column), expr.double(value)) });

/** The plans: 1% of rows dropped, 5% of cells of three columns set, a unit mended on 20% of rows, and all of it. */
const drop = () => [{ verb: 'drop-row', where: below('d0', 11) }];
const cells = () =>
  [1, 2, 3].map((i) => ({ verb: 'set-cell', column: `d${i}`, where: below(`d${i}`, 55), to: expr.double(500) }));
const mend = () => [{ verb: 'set-cell', column: 'd4', where: below('d5', 220), to: unit('d4') }];

/** The same rows and cells as the rules hit, as lists in the engine. */
async function asLists(verbs, relation, run) {
  const out = [];
  for (const [i, verb] of verbs.entries()) {
    const { where } = verb;
    const [column, value] = [where.rule.args[0].col, where.rule.args[1].lit.bits];
    const id = relation.columns.find((c) => c.name === column).id;
    const limit = Buffer.from(value, 'hex').readDoubleBE();
    const list = `list_${i}`;
    const given = verb.verb === 'set-cell' ? ', CAST(500 AS DOUBLE) AS value' : '';
    const sql = `SELECT k, CAST(0 AS INTEGER) AS copy${given} FROM ${relation.name} WHERE ${id} < ${limit} ORDER BY hash(k)`;
    await run.engine.write({ sql }, { kind: 'table', name: list }, run);
    const ref = { list, of: relation.hash };
    out.push(
      verb.verb === 'drop-row'
        ? { verb: 'drop-row', where: { keys: ref } }
        : { verb: 'set-cell', column: verb.column, list: ref },
    );
  }
  return out;
}

const plans = {
  'a-rule': async () => drop(),
  'b-rule': async () => cells(),
  'c-rule': async () => mend(),
  'd-rule': async () => [...drop(), ...cells(), ...mend()],
  'a-list': async (relation, run) => asLists(drop(), relation, run),
  'b-list': async (relation, run) => asLists(cells(), relation, run),
  'd-list': async (relation, run) => [...(await asLists([...drop(), ...cells()], relation, run)), ...mend()],
  'repeat-rule': async () => [{ verb: 'repeat-row', where: below('d0', 22), times: 3 }],
};

async function timed(work) {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const value = await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - start) / 1000, cpu: (user + system) / 1e6, value };
}

/** One measurement in a process of its own, so that its peak memory is its own. */
async function measure(job, plan, source, work) {
  const { engine, run } = await openEngine();
  const { relation } = await engine.attach({ files: [source], format: 'parquet', cache: work }, run);
  let result;
  if (job === 'copy') {
    const columns = relation.columns.map((c) => `${c.id} AS ${c.name}`).join(', ');
    const sql = `SELECT ${columns} FROM ${relation.name}`;
    const path = join(work, 'copy.parquet');
    result = await timed(() => engine.write({ sql }, { kind: 'parquet', path }, run));
    rmSync(path);
  } else if (job === 'write') {
    const verbs = await plans[plan](relation, run);
    const study = {
      files: [],
      whole: relation,
      train: relation,
      evaluation: null,
      test: null,
      reference: null,
      roles: noRoles,
      split: null,
    };
    const folder = join(work, plan);
    rmSync(folder, { recursive: true, force: true });
    const done = await timed(() => writeCleaned(study, planOf('bench', 'bench', ...verbs), folder, run));
    result = {
      seconds: done.seconds,
      cpu: done.cpu,
      changes: done.value.counts.changes,
      bytes: statSync(join(folder, 'changes.parquet')).size,
    };
  } else {
    const out = join(work, `${plan}.parquet`);
    rmSync(out, { force: true });
    const done = await timed(() => undo(join(work, plan), out, {}, run));
    const { relation: back } = await engine.attach({ files: [out], format: 'parquet', cache: work }, run);
    result = {
      seconds: done.seconds,
      cpu: done.cpu,
      peak: process.resourceUsage().maxRSS,
      wrong: await differences(relation, back, run),
    };
    rmSync(out);
  }
  result.peak ??= process.resourceUsage().maxRSS;
  await engine.close();
  console.log(
    JSON.stringify({
      seconds: result.seconds,
      cpu: result.cpu,
      mb: result.peak / 1024,
      changes: result.changes,
      bytes: result.bytes,
      wrong: result.wrong,
    }),
  );
}

/** Rows that differ in any bit or are out of place. */
async function differences(relation, back, run) {
  const differ = relation.columns.map((c) => {
    const bits = c.type === 'DOUBLE' || c.type === 'FLOAT' ? (x) => `CAST(${x} AS BIT)` : (x) => x;
    return `${bits(`a.${c.id}`)} IS DISTINCT FROM ${bits(`b.${c.id}`)}`;
  });
  const sql = `SELECT count(*) AS n FROM ${relation.name} AS a FULL JOIN ${back.name} AS b ON a.k = b.k WHERE a.k IS NULL OR b.k IS NULL OR ${differ.join(' OR ')}`;
  const [row] = await run.engine.rows({ sql }, 1, run);
  return Number(row.n);
}

function inChild(...args) {
  const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--child', ...args], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(`${args.join(' ')} failed: ${child.stderr}`);
  return JSON.parse(child.stdout);
}

const cell = (value, digits = 2) => value.toFixed(digits).padStart(7);
const three = ({ seconds, cpu, mb }) => `${cell(seconds)} ${cell(cpu)} ${cell(mb, 0)}`;
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** A copy, a write and an undo in turn, several times, so that a busy machine slows all three alike. */
function several(plan, source, work) {
  const rounds = Array.from({ length: repeats }, () => {
    const [copy, write, back] = [
      ['copy', '-'],
      ['write', plan],
      ['undo', plan],
    ].map((job) => inChild(...job, source, work));
    return { copy, write, back };
  });
  rmSync(join(work, plan), { recursive: true });
  const ratio = (job, of) => median(rounds.map((r) => r[job][of] / r.copy[of]));
  const peak = (job) => Math.max(...rounds.map((r) => r[job].mb));
  const of = (job) => ({ seconds: ratio(job, 'seconds'), cpu: ratio(job, 'cpu'), mb: peak(job) });
  const { changes, bytes } = rounds[0].write;
  const wrong = Math.max(...rounds.map((r) => r.back.wrong));
  const copy = { seconds: median(rounds.map((r) => r.copy.seconds)), mb: peak('copy') };
  return { copy, write: of('write'), back: of('back'), changes, bytes, wrong };
}

async function main(rows, chosen) {
  const work = mkdtempSync(join(tmpdir(), 'assay-bench-plans-'));
  const lines = [];
  const say = (line) => {
    lines.push(line);
    console.log(line);
  };
  let short = false;
  const figure = (name, value, bar) => {
    const ok = value <= bar;
    short ||= !ok;
    say(`figure ${name} ${value.toFixed(2)} bar <= ${bar} ${ok ? 'ok' : 'short'}`);
  };
  try {
    const source = join(work, 'source.parquet');
    await generate(source, rows);
    say(
      `${rows} rows x ${kinds.length} columns, ${(statSync(source).size / 1e6).toFixed(0)} MB, limit ${memoryMb} MB, ${threads} threads of ${availableParallelism()} cores; ratios to a plain copy, median of ${repeats}, each in a process of its own`,
    );
    say(
      'plan         changes  log MB |  copy s      MB | write x   cpu x      MB |  undo x   cpu x      MB | rows wrong',
    );
    const figures = [];
    for (const plan of chosen) {
      const { copy, write, back, changes, bytes, wrong } = several(plan, source, work);
      say(
        `${plan.padEnd(11)} ${String(changes).padStart(8)} ${cell(bytes / 1e6, 1)} | ${cell(copy.seconds)} ${cell(copy.mb, 0)} | ${three(write)} | ${three(back)} | ${wrong}`,
      );
      figures.push(
        [`plans.write-${plan}`, write.seconds, plan.endsWith('list') ? 3 : 2],
        [`plans.undo-${plan}`, back.seconds, 3],
        [`plans.peak-mb-${plan}`, Math.max(write.mb, back.mb), memoryMb + 300],
        [`plans.wrong-${plan}`, wrong, 0],
      );
    }
    for (const [name, value, bar] of figures) figure(name, value, bar);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  const results = fileURLToPath(new URL('./results/', import.meta.url));
  mkdirSync(results, { recursive: true });
  if (rows === 3_000_000 && chosen.length === Object.keys(plans).length)
    writeFileSync(join(results, 'plans.txt'), `${lines.join('\n')}\n`);
  process.exitCode = short ? 1 : 0;
}

const [first, ...rest] = process.argv.slice(2);
await (first === '--child'
  ? measure(...rest)
  : main(Number(first ?? 3_000_000), rest.length > 0 ? rest : Object.keys(plans)));
