// A user's own models end to end: npm run bench -- external [PYTHON]. Without PYTHON a virtual environment is made and
// scikit-learn, LightGBM, pandas and pyarrow are installed into it from PyPI. The data is the bank marketing extract of
// fixtures/real with three kinds of damage planted in its training rows, so that there are repairs to rank.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { createRandom } from '../../dist/src/core/random.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
const lines = [];
let short = 0;

try {
  const python = process.argv[2] ?? environment();
  const versions = execFileSync(
    python,
    ['-c', 'import sklearn, lightgbm; print("scikit-learn", sklearn.__version__, "LightGBM", lightgbm.__version__)'],
    { encoding: 'utf8' },
  ).trim();
  const { train, test } = damaged();
  say(`Second models on the bank marketing extract, ${train} damaged training rows, ${test} test rows; ${versions}.`);
  say('');
  say('model         AUC as is        built-in AUC     gains  sensitivities  pairs  tau   reversed  opposed');
  bench('scikit-learn', 'train_sklearn.py', python);
  bench('LightGBM', 'train_lightgbm.py', python);
  const left = readdirSync(tmpdir()).filter((name) => name.startsWith('assay-external-')).length;
  figure('leftover-folders', left, '<=', 0);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
writeFileSync(here('results/external.txt'), `${lines.join('\n')}\n`);
process.exitCode = short > 0 ? 1 : 0;

function environment() {
  execFileSync('python3', ['-m', 'venv', join(folder, 'venv')], { stdio: 'inherit' });
  const python = join(folder, 'venv', 'bin', 'python');
  const packages = ['scikit-learn', 'lightgbm', 'pandas', 'pyarrow'];
  execFileSync(python, ['-m', 'pip', 'install', '--quiet', ...packages], { stdio: 'inherit' });
  return python;
}

/** Every fifth row is a test row as it is; of the rest 8% come twice, 12% lose `duration`, 10% of the labels are turned. */
function damaged() {
  const text = gunzipSync(readFileSync(here('../../fixtures/real/bank-sample.csv.gz')))
    .toString()
    .replaceAll('\r', '');
  const [head, ...rows] = text.trimEnd().split('\n');
  const at = head.split(',').indexOf('duration');
  const random = createRandom(8);
  const draw = (name, row) => random.fork(name).at(row);
  const train = [];
  const test = [];
  rows.forEach((row, i) => {
    if (i % 5 === 0) {
      test.push(row);
      return;
    }
    const cells = row.split(',');
    if (draw('lost', i) < 0.12) cells[at] = '-999';
    if (draw('label', i) < 0.1) cells[cells.length - 1] = cells.at(-1) === 'yes' ? 'no' : 'yes';
    train.push(cells.join(','));
    if (draw('copy', i) < 0.08) train.push(cells.join(','));
  });
  writeFileSync(join(folder, 'train.csv'), `${[head, ...train].join('\n')}\n`);
  writeFileSync(join(folder, 'test.csv'), `${[head, ...test].join('\n')}\n`);
  return { train: train.length, test: test.length };
}

function bench(name, script, python) {
  const trainer = `'${python}' '${here(`../../fixtures/trainers/${script}`)}' {train} {test} {predictions}`;
  const asked = [
    '--label',
    'y',
    '--exclude',
    'id',
    '--budget',
    '240s',
    '--threads',
    '1',
    '--studies',
    'gains',
    '--format',
    'json',
    '--quiet',
  ];
  const args = ['run', 'train.csv', '--test', 'test.csv', ...asked, '--trainer', trainer, '--trainer-name', name];
  const main = here('../../dist/bin/assay.js');
  const done = spawnSync(process.execPath, [main, ...args], { cwd: folder, encoding: 'utf8', maxBuffer: 1e8 });
  if (done.status !== 0) throw new Error(`${name}: exit ${done.status}: ${done.stderr}`);
  const { otherModel: model } = JSON.parse(done.stdout);
  if (model.failed !== null) throw new Error(`${name}: ${model.failed}`);
  const gains = model.effects.filter((effect) => effect.kind === 'gain');
  const again = model.effects.filter((effect) => effect.kind === 'sensitivity');
  const { agreement } = model;
  const numbers = [gains.length, again.length, gains[0]?.seeds ?? 0].join('  ');
  const ranks =
    agreement === null
      ? 'no two repairs'
      : [agreement.tau.toFixed(2), agreement.reversed.length, agreement.opposed.length].join('  ');
  say(`${name.padEnd(14)}${level(model.auc.own)}  ${level(model.auc.builtIn)}  ${numbers}  ${ranks}`);
  for (const effect of model.effects)
    say(`    ${effect.kind.padEnd(12)} ${level({ ...effect, value: effect.effect })}  ${effect.title}`);
  for (const { title, reason } of model.unmeasured) say(`    not measured ${title}: ${reason}`);
  for (const text of model.leftOut) say(`    left out     ${text}`);
  figure(`${name}-effects`, model.effects.length, '>=', 2);
}

function level({ value, low, high }) {
  return `${short4(value)} [${short4(low)}, ${short4(high)}]`;
}

function short4(value) {
  return value.toFixed(4);
}

function figure(name, value, op, bar) {
  const ok = op === '>=' ? value >= bar : value <= bar;
  if (!ok) short++;
  say(`figure ${name.toLowerCase()} ${value} bar ${op} ${bar} ${ok ? 'ok' : 'short'}`);
}

function say(line) {
  lines.push(line);
  console.log(line);
}
