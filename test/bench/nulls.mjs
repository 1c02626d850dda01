// Logs in which nothing is wrong: how often does the chain claim a gain? `npm run bench -- nulls [LOGS]`: 100 demo logs
// of 20,000 rows without planted defects, a budget of 20 seconds each, through the library. Finished logs are kept in
// test/bench/work and not run again. Writes test/bench/results/nulls.txt and exits 1 where the figure is short.
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeDemo } from '../../dist/src/demo/make.js';
import { clean, createDuckDb, createRun } from '../../dist/src/index.js';

const logs = Number(process.argv[2] ?? 100);
const version = 2; // raise when detectors, repairs or the experiment change: earlier logs then do not count
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
mkdirSync(here('work'), { recursive: true });
const store = here(`work/nulls-${version}.jsonl`);
const done = new Map(
  (existsSync(store) ? readFileSync(store, 'utf8').split('\n').filter(Boolean) : [])
    .map((line) => JSON.parse(line))
    .map((log) => [log.seed, log]),
);

async function claimOn(seed) {
  const known = done.get(seed);
  if (known !== undefined) return known;
  const folder = mkdtempSync(join(tmpdir(), 'assay-nulls-'));
  const engine = await createDuckDb();
  const run = createRun({ engine, seed });
  try {
    const { train, roles } = await makeDemo({ rows: 20_000, seed, folder, planted: false }, run);
    const { report } = await clean({ train, ...roles, budget: 20, out: join(folder, 'out') }, run);
    const { steps = [], proof = null } = report.cleaning ?? {};
    const gains = report.effects.filter((e) => e.kind === 'gain' && e.metric === 'auc');
    const log = {
      seed,
      trainings: report.how.trainings,
      tried: steps.filter((s) => s.gain !== null).length,
      helps: gains.filter((e) => e.verdict === 'helps').map((e) => `${e.defect} ${e.arm}`),
      chosen: steps.filter((s) => s.decision === 'accepted').map((s) => `${s.defect} ${s.repair}`),
      proof: proof === null ? null : { gain: proof.gain, lower95: proof.lower95, holds: proof.holds },
    };
    appendFileSync(store, `${JSON.stringify(log)}\n`);
    console.log(
      `log ${seed}: ${log.trainings} trainings, ${log.tried} repairs tried, claims ${log.chosen.join(', ') || 'nothing'}`,
    );
    return log;
  } finally {
    await run.close();
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const all = [];
for (let seed = 101; seed < 101 + logs; seed++) all.push(await claimOn(seed));
const mean = (pick) => all.reduce((sum, log) => sum + pick(log), 0) / all.length;
const claims = all.filter((log) => log.proof?.holds === true);
const allowed = Math.ceil(0.09 * logs);
const ok = claims.length <= allowed;
const lines = [
  `${logs} demo logs of 20,000 rows without planted defects (generated), seeds 101 to ${100 + logs}, 20 s each`,
  `on average ${mean((log) => log.trainings).toFixed(0)} trainings and ${mean((log) => log.tried).toFixed(1)} repairs tried on the inner rows`,
  `recipes opened on the outer rows: ${all.filter((log) => log.proof !== null).length}; logs with a gain called outside the chain: ${all.filter((log) => log.helps.length > 0).length}`,
  ...claims.map((log) => `  log ${log.seed} claims ${log.proof.gain.toFixed(4)}: ${log.chosen.join(', ')}`),
  `figure nulls.recipes-that-claim-a-gain ${claims.length} bar <= ${allowed} ${ok ? 'ok' : 'short'}`,
];
console.log(lines.join('\n'));
writeFileSync(here('results/nulls.txt'), `${lines.join('\n')}\n`);
process.exit(ok ? 0 : 1);
