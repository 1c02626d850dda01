// The profile of all columns (nulls, distinct values, histogram, AUC of each alone) of a click log of 1,000,000 rows and 20
// columns: rows a second and core, against pandas doing the same statistics and whylogs its own, on the same file in one
// run, each in a process of its own, in turn. `npm run bench -- profile`; Python 3 makes an environment of its own once.
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { createRun } from '../../dist/src/core/run.js';
import { createDuckDb } from '../../dist/src/dataset/engines/duckdb/engine.js';
import { openStudy } from '../../dist/src/dataset/open.js';
import { profileColumns } from '../../dist/src/derived/profile.js';
import { writeClickLog } from './click-log/write.mjs';

const rows = 1_000_000;
const rounds = 3;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const self = here('profile.mjs');
const file = here('work/click-log/1m.parquet');

/** Processor seconds of Assay's profile, from opening the file. */
async function profile() {
  const engine = await createDuckDb({ threads: 2, memory: '2GB' });
  const run = createRun({ engine, threads: 2 });
  const begun = process.cpuUsage();
  const study = await openStudy(
    { train: file, label: 'click', time: 'shown_at', user: 'user_id', cache: here('work') },
    run,
  );
  const columns = await profileColumns(study, new Map(), run);
  const { user, system } = process.cpuUsage(begun);
  if (columns.length !== study.whole.columns.length) throw new Error('a column is missing');
  await run.close();
  await engine.close();
  return (user + system) / 1e6;
}

if (process.argv[2] === '--profile') {
  console.log(await profile());
  process.exit(0);
}

function environment() {
  const folder = here('work/profile-venv');
  const python = `${folder}/bin/python`;
  if (!existsSync(python)) execFileSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' });
  // whylogs 1.6 knows NumPy 1 only.
  const packages = ['pandas<3', 'numpy<2', 'pyarrow<20', 'whylogs==1.6.4'];
  execFileSync(python, ['-m', 'pip', 'install', '--quiet', ...packages], { stdio: 'inherit' });
  return python;
}

const python = environment();
if (!existsSync(file)) await writeClickLog(file, rows);
const secondsOf = (command, args) => Number(execFileSync(command, args, { encoding: 'utf8' }));
const tools = {
  assay: () => secondsOf(process.execPath, [self, '--profile']),
  pandas: () => secondsOf(python, [here('profile/columns.py'), 'pandas', file, 'click']),
  whylogs: () => secondsOf(python, [here('profile/columns.py'), 'whylogs', file, 'click']),
};
const lines = [
  `${rows} rows x 20 columns, processor seconds from opening the file, load ${loadavg()[0].toFixed(1)} before`,
];
const seconds = { assay: [], pandas: [], whylogs: [] };
for (let round = 0; round < rounds; round++) {
  for (const [tool, measure] of Object.entries(tools)) seconds[tool].push(measure());
  const said = Object.entries(seconds).map(([tool, all]) => `${tool} ${all[round].toFixed(2)}`);
  lines.push(`round ${round}: ${said.join(', ')}`);
}
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const over = (tool) => median(seconds[tool].map((s, round) => s / seconds.assay[round]));
lines.push(
  ...Object.entries(seconds).map(([tool, all]) => `${tool}: ${Math.round(rows / median(all))} rows a second and core`),
);
const ok = over('whylogs') >= 4;
lines.push(
  `figure profile.over-pandas ${over('pandas').toFixed(2)}, no bar`,
  `figure profile.over-whylogs ${over('whylogs').toFixed(2)} bar >= 4 ${ok ? 'ok' : 'short'}`,
);
const table = [...lines, ''].join('\n');
process.stdout.write(table);
writeFileSync(new URL('results/profile.txt', import.meta.url), table);
process.exit(ok ? 0 : 1);
