// The self-test of the default policy on telco-churn and on a demo log: what it catches, from which dose, against the
// AUC that dose costs. Rewrites the tables between the marks in the README. npm run bench -- self-test
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRun } from '../../dist/src/core/run.js';
import { createDuckDb } from '../../dist/src/dataset/engines/duckdb/engine.js';
import { makeDemo } from '../../dist/src/demo/make.js';

const budget = process.env.ASSAY_BENCH_BUDGET ?? '60s';
const demoRows = 20_000;
const readme = fileURLToPath(new URL('../../README.md', import.meta.url));
const main = fileURLToPath(new URL('../../dist/bin/assay.js', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'assay-bench-self-test-'));

function assay(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`assay ${args.join(' ')} ended with ${status}: ${stderr}`);
  return stdout;
}

/** Curves first, for what damage costs; then the self-test, which reads them. */
function tableOf(file, roles) {
  assay('ablate', file, '--studies', 'curves', '--curves', 'all', '--budget', budget, '--quiet', ...roles);
  return assay('gate', file, '--self-test', '--quiet', ...roles).trimEnd();
}

const churn = path.join(folder, 'telco-churn.csv.gz');
copyFileSync(fileURLToPath(new URL('../../fixtures/real/telco-churn.csv.gz', import.meta.url)), churn);
const engine = await createDuckDb({ memory: '2GB', threads: 2 });
const run = createRun({ engine });
const demo = await makeDemo({ rows: demoRows, seed: 1, folder: path.join(folder, 'demo'), planted: false }, run);
await engine.close();

const tables = [
  `telco-churn, ${budget} of curves:`,
  '',
  '```text',
  tableOf(churn, []),
  '```',
  '',
  `A demo log of ${demoRows} rows without planted defects, ${budget} of curves:`,
  '',
  '```text',
  tableOf(
    demo.train,
    Object.entries(demo.roles).flatMap(([role, column]) => [`--${role}`, column]),
  ),
  '```',
];
rmSync(folder, { recursive: true, force: true });

const [begin, end] = ['<!-- self-test: written by npm run bench -- self-test -->', '<!-- /self-test -->'];
const text = readFileSync(readme, 'utf8');
const [before, after] = [text.split(begin)[0], text.split(end)[1]];
if (after === undefined) throw new Error('the README has no marks for the self-test');
const block = [begin, '', ...tables, '', end].join('\n');
writeFileSync(readme, `${before}${block}${after}`);
process.stdout.write(`${tables.join('\n')}\n`);
