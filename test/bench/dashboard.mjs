// The dashboard's server at size: rows of 10^5 findings over a file of 3,000,000 rows, 10^6 findings paged, 500 runs
// listed, fifty pages that watch a run, and the bundle of the dashboard. Each in this one process, nothing cached before.
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { createDuckDb } from '../../dist/src/dataset/engines/duckdb/engine.js';
import { findFiles } from '../../dist/src/dataset/sources/find-files.js';
import { serve } from '../../dist/web/server/serve.js';

if (process.argv[2] === 'listen') await listenAs(process.argv[3]);

const rows = Number(process.env.ASSAY_BENCH_ROWS ?? 3_000_000);
const rounds = Number(process.env.ASSAY_BENCH_REPEATS ?? 9);
const golden = readFileSync(new URL('../../fixtures/golden/report.json', import.meta.url), 'utf8');
const call = { id: 'bench', signal: new AbortController().signal };
const root = mkdtempSync(path.join(tmpdir(), 'assay-dashboard-bench-'));
const lines = [];

function figure(name, value, op, bar) {
  const ok = op === '<=' ? value <= bar : value < bar;
  lines.push(`figure ${name} ${value} bar ${op} ${bar} ${ok ? 'ok' : 'short'}`);
  console.log(lines.at(-1));
  if (!ok) process.exitCode = 1;
}

try {
  figure('bundle-gzip-kb', bundle(), '<', 450);
  await layRuns();
  const server = await serve({ folder: path.join(root, '.assay'), data: [root], port: 0 });
  try {
    await measureRows(server, 'big', 'rows-1e5', 100);
    await measureRows(server, 'wide', 'findings-1e6', 100);
    await measureRuns(server);
    if (rounds > 0) await measureListeners(server);
  } finally {
    await server.close();
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
const head = `${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)} at the end`;
writeFileSync(new URL('results/dashboard.txt', import.meta.url), `${head}\n${lines.join('\n')}\n`);

/** KB of all scripts and sheets, compressed each on its own. */
function bundle() {
  const assets = fileURLToPath(new URL('../../dist/web/ui/assets/', import.meta.url));
  const bytes = readdirSync(assets).reduce((sum, f) => sum + gzipSync(readFileSync(path.join(assets, f))).length, 0);
  return Math.round(bytes / 1024);
}

/** A file of 20 columns, two runs with findings on it, and 500 runs in all. */
async function layRuns() {
  const engine = await createDuckDb({ memory: '2GB', threads: 2, temp: root });
  const file = path.join(root, 'log.parquet');
  const columns = Array.from({ length: 19 }, (_, c) => `CAST(hash(i, ${c}) % 100000 AS INTEGER) AS feature_${c}`);
  const sql = `SELECT CAST(hash(i) % 20 = 0 AS INTEGER) AS click, ${columns.join(', ')} FROM range(${rows}) AS t(i)`;
  await engine.write({ sql }, { kind: 'parquet', path: file }, call);
  const { names: _, ...files } = await findFiles(file);
  const { relation } = await engine.attach({ ...files, cache: path.join(root, '.assay', 'cache') }, call);
  for (const [id, findings] of [
    ['big', 100_000],
    ['wide', 1_000_000],
  ]) {
    const folder = run(id, { source: { path: file, hash: relation.hash } });
    const step = Math.floor(rows / findings);
    const found = `SELECT i * ${step} AS row_key, 'log.parquet' AS file, i * ${step} AS file_row, 'missing' AS defect,
      'missing.' || (i % 7) AS code, 'feature_' || (i % 19) AS "column", CAST(hash(i) % 1000 AS DOUBLE) / 1000 AS score,
      CAST(NULL AS VARCHAR) AS suggestion, '{}' AS args FROM range(${findings}) AS t(i)`;
    await engine.write({ sql: found }, { kind: 'parquet', path: path.join(folder, 'findings.parquet') }, call);
  }
  await engine.close();
  for (let i = 0; i < 498; i++) run(`run-${String(i).padStart(3, '0')}`, {});
}

function run(id, record) {
  const folder = path.join(root, '.assay', 'runs', id);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'report.json'), golden);
  writeFileSync(
    path.join(folder, 'run.json'),
    JSON.stringify({ name: 'log', startedAt: '2026-01-01T00:00:00Z', ...record }),
  );
  return folder;
}

async function ask(server, url, init = {}) {
  const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' };
  const response = await fetch(new URL(url, server.address), { ...init, headers });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** A window anywhere, sorted and filtered in every way, then the cells of its rows; the run is opened ten seconds before. */
async function measureRows(server, id, name, bar) {
  await ask(server, `/api/runs/${id}`);
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  const opened = performance.now();
  await ask(server, `/api/runs/${id}/findings/missing/rows`);
  figure(`${name}-first-page-ms`, Math.round(10 * (performance.now() - opened)) / 10, '<', bar);
  const first = await ask(server, `/api/runs/${id}/findings/missing/rows`);
  await ask(server, `/api/runs/${id}/rows?keys=${first.units[0].rowKey}`);
  const [windows, cells] = [[], []];
  for (let i = 0; i < 200; i++) {
    const query = new URLSearchParams({
      offset: String((i * 7919) % Math.max(1, first.total / 20)),
      sort: i % 2 === 0 ? 'score' : 'row',
      order: i % 4 < 2 ? 'desc' : 'asc',
      ...(i % 3 === 0 ? { code: `missing.${i % 7}` } : {}),
    });
    query.set('offset', String(Math.floor(Number(query.get('offset')))));
    const begun = performance.now();
    const { units } = await ask(server, `/api/runs/${id}/findings/missing/rows?${query}`);
    windows.push(performance.now() - begun);
    const keys = units.slice(0, 50).map((u) => u.rowKey);
    const then = performance.now();
    await ask(server, `/api/runs/${id}/rows?keys=${keys.join(',')}`);
    cells.push(performance.now() - then);
  }
  figure(`${name}-page-p99-ms`, p99(windows), '<', bar);
  figure(`${name}-cells-p99-ms`, p99(cells), '<', bar);
}

async function measureRuns(server) {
  await ask(server, '/api/runs');
  const times = [];
  for (let i = 0; i < 20; i++) {
    const begun = performance.now();
    const { runs } = await ask(server, '/api/runs');
    times.push(performance.now() - begun);
    if (runs.length < 500) throw new Error(`${runs.length} runs are listed`);
  }
  figure('runs-500-p99-ms', p99(times), '<', 1000);
}

function p99(times) {
  const sorted = times.toSorted((a, b) => a - b);
  return Math.round(10 * sorted[Math.ceil(0.99 * sorted.length) - 1]) / 10;
}

/**
 * The same run with nobody and with fifty pages watching, in turn; the least of each is what the run takes. The process of
 * the pages is there all the time, so that only watching differs.
 */
async function measureListeners(server) {
  const text = Array.from({ length: 60_000 }, (_, i) => `${(i * 31) % 7 < 2 ? 1 : 0},u${i % 997},${(i * 7919) % 1009}`);
  writeFileSync(path.join(root, 'small.csv'), `clicked,user_id,price\n${text.join('\n')}\n`);
  const pages = fork(fileURLToPath(import.meta.url), ['listen', server.token]);
  await timeRun(server, null);
  const [alone, watched] = [[], []];
  for (let i = 0; i < rounds; i++) {
    // Which of the two comes first alternates too.
    const turns = [
      () => timeRun(server, null).then((s) => alone.push(s)),
      () => timeRun(server, pages).then((s) => watched.push(s)),
    ];
    for (const turn of i % 2 === 0 ? turns : turns.toReversed()) await turn();
  }
  pages.kill();
  const slower = Math.min(...watched) / Math.min(...alone) - 1;
  lines.push(`runs of ${median(alone)} ms with nobody, ${median(watched)} ms with 50 pages (medians of ${rounds})`);
  console.log(lines.at(-1));
  figure('listeners-50-slow-a-run-by', Math.max(0, Math.round(1000 * slower) / 1000), '<=', 0.05);
}

function median(times) {
  return times.toSorted((a, b) => a - b)[times.length >> 1];
}

/** Milliseconds of one run; `pages` watch it from its start to its end. */
async function timeRun(server, pages) {
  const dataset = `${path.basename(root)}/small.csv`;
  const body = JSON.stringify({ dataset, depth: 'audit', roles: {}, budget: 1, seed: 1 });
  const { id } = await ask(server, '/api/jobs', { method: 'POST', body });
  pages?.send(`${server.address}api/jobs/${id}/events`);
  for (;;) {
    const job = await ask(server, `/api/jobs/${id}`);
    if (job.state !== 'running') {
      if (job.state !== 'done') throw new Error(`${job.state}: ${job.problem}`);
      return Date.parse(job.endedAt) - Date.parse(job.startedAt);
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** In a process of its own: fifty pages that read what they are sent of each run they are told of. */
function listenAs(token) {
  const read = async (url) => {
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    for await (const _ of response.body ?? []);
  };
  process.on('message', (url) => {
    for (let i = 0; i < 50; i++) read(url).catch(() => undefined);
  });
  return new Promise(() => {});
}
