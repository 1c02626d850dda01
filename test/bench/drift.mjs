// Drift: false alarms and power of the alarm, two real policies, and planted and clean demo logs.
// The real data are read from the folder ASSAY_DATA; without it that part is left out.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { equalDepthEdges } from '../../dist/src/derived/psi/edges.js';
import { judge, psiOf } from '../../dist/src/derived/psi/judge.js';
import { drift } from '../../dist/analyzers/drift/index.js';
import { labelDrift } from '../../dist/analyzers/label-drift/index.js';
import { argText } from '../../dist/src/core/arg-text.js';
import { createRandom } from '../../dist/src/core/random.js';
import { createRun } from '../../dist/src/core/run.js';
import { createDuckDb } from '../../dist/src/dataset/engines/duckdb/engine.js';
import { openStudy } from '../../dist/src/dataset/open.js';
import { splitStudy } from '../../dist/src/dataset/split.js';
import { makeDemo } from '../../dist/src/demo/make.js';

const random = createRandom(1).fork('bench-drift');
const lines = [];
const figures = [];
const temp = mkdtempSync(path.join(tmpdir(), 'assay-bench-'));
const engine = await createDuckDb({ threads: 2 });

alarmTable();
if (process.env.ASSAY_DATA !== undefined) await policies(process.env.ASSAY_DATA);
await demoLogs([1, 2, 3, 4]);
await engine.close();
rmSync(temp, { recursive: true, force: true });

for (const [name, value, bar, isLeast] of figures) {
  const holds = isLeast ? value >= bar : value <= bar;
  lines.push(`figure ${name} ${value.toFixed(3)} bar ${isLeast ? '>=' : '<='} ${bar} ${holds ? 'ok' : 'short'}`);
}
const table = [...lines, ''].join('\n');
process.stdout.write(table);
writeFileSync(new URL('results/drift.txt', import.meta.url), table);

/** Share of alarms on one column, without drift and with a shift of d standard deviations. */
function alarmTable() {
  for (const [n, repetitions] of [
    [100, 200],
    [1000, 200],
    [10_000, 100],
    [100_000, 20],
  ]) {
    const share = (d) => alarms(repetitions, (i) => numeric(`${n}/${d}/${i}`, n, d));
    const ids = alarms(repetitions, (i) => zipf(`${n}/ids/${i}`, n));
    const [none, tenth, fifth, third] = [share(0), share(0.1), share(0.2), share(0.3)];
    lines.push(`n ${n}: no drift ${none}, 1,000 ids ${ids}, shift .1 sd ${tenth}, .2 sd ${fifth}, .3 sd ${third}`);
    figures.push([`drift-false-alarms-${n}`, Math.max(none, ids), 0.01, false]);
    if (n === 1000) figures.push(['drift-power-.3sd-1000', third, 0.95, true]);
    if (n === 10_000) figures.push(['drift-power-.2sd-10000', fifth, 0.95, true]);
  }
}

function alarms(repetitions, make) {
  let count = 0;
  for (let i = 0; i < repetitions; i++) {
    const histogram = make(i);
    if (judge([[histogram, psiOf(histogram)]], { q: 0.01, margin: 0.02 })[0].alarm) count++;
  }
  return count / repetitions;
}

function numeric(name, n, shift) {
  const draw = (side) => {
    const fork = random.fork(`${name}/${side}`);
    const bell = (i) => Math.sqrt(-2 * Math.log(1 - fork.at(2 * i))) * Math.cos(2 * Math.PI * fork.at(2 * i + 1));
    return Float64Array.from({ length: n }, (_, i) => bell(i) + side * shift);
  };
  const [reference, current] = [draw(0), draw(1)];
  const edges = equalDepthEdges(reference);
  const bins = [...edges, 0].map(() => ({ kind: 'range', label: '', reference: 0, current: 0 }));
  const binOf = (value) => edges.filter((edge) => edge < value).length;
  for (const value of reference) bins[binOf(value)].reference++;
  for (const value of current) bins[binOf(value)].current++;
  return { column: { id: 'c0', name: 'x', type: 'DOUBLE' }, cut: { edges }, bins };
}

/** 1,000 ids of Zipf frequency; those of fewer than 20 reference rows pooled. */
function zipf(name, n) {
  const cumulated = [];
  let total = 0;
  for (let id = 1; id <= 1000; id++) cumulated.push((total += id ** -0.8));
  const ids = Array.from({ length: 1000 }, () => ({ kind: 'level', label: '', reference: 0, current: 0 }));
  for (const side of ['reference', 'current']) {
    const fork = random.fork(`${name}/${side}`);
    for (let i = 0; i < n; i++) ids[lowerBound(cumulated, fork.at(i) * total)][side]++;
  }
  const rare = { kind: 'rare', label: '', reference: 0, current: 0 };
  for (const bin of ids.filter((b) => b.reference < 20)) {
    rare.reference += bin.reference;
    rare.current += bin.current;
  }
  const bins = [...ids.filter((b) => b.reference >= 20), rare];
  return { column: { id: 'c0', name: 'x', type: 'VARCHAR' }, cut: null, bins };
}

function lowerBound(sorted, value) {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Open Bandit: a random policy against a learned one, and each file against itself. */
async function policies(data) {
  for (const site of ['men', 'women']) {
    const file = (policy) => path.join(data, 'open-bandit', `${policy}_${site}.csv.gz`);
    for (const reference of ['bts', 'random']) {
      const run = createRun({ engine });
      const roles = { label: 'click', time: 'timestamp', item: 'item_id', cache: path.join(temp, 'cache') };
      const study = await openStudy({ train: file('random'), reference: file(reference), ...roles }, run);
      const { findings } = await drift.detect(study, run);
      const rate = (await labelDrift.detect(study, run)).findings[0];
      const said = findings.map(({ args }) => `${argText(args.column)} (${args.psi.toFixed(2)})`).join(', ');
      lines.push(
        `random against ${reference}, ${site}: ${said || 'nothing'}; ${rate.code}, p ${rate.args.p.toFixed(3)}`,
      );
      const wanted = reference === 'bts' ? ['item_id', 'propensity_score'] : [];
      const found = findings.map(({ args }) => argText(args.column)).toSorted();
      figures.push([`drift-policy-${site}-${reference}-wrong`, Number(String(found) !== String(wanted)), 0, false]);
      await run.close();
    }
  }
}

/** Demo logs: the unit change and the new device are found on planted logs and not on clean ones. */
async function demoLogs(seeds) {
  for (const seed of seeds) {
    for (const planted of [true, false]) {
      const run = createRun({ engine });
      const folder = path.join(temp, `${seed}-${planted}`);
      const { train, roles } = await makeDemo({ rows: 200_000, seed, folder, planted }, run);
      const study = await splitStudy(await openStudy({ train, ...roles, cache: path.join(temp, 'cache') }, run), run);
      const { findings } = await drift.detect(study, run);
      const unit = findings.find((f) => f.code === 'drift.unit-change')?.args;
      const said = findings.map((f) => `${f.code.slice(6)} ${argText(f.args.column)}`).join(', ');
      lines.push(
        `demo ${seed} ${planted ? 'planted' : 'clean'}: ${said}; unit from ${argText(unit?.from ?? 'never')}, ${argText(unit?.rows ?? 0)} rows`,
      );
      const isRight =
        unit?.slice === 'country' && unit?.value === '2' && unit?.from === '2026-01-25' && unit?.factor === 100;
      const wrong = planted ? !isRight : unit !== undefined;
      figures.push([`drift-unit-change-${seed}-${planted ? 'planted' : 'clean'}-wrong`, Number(wrong), 0, false]);
      await run.close();
    }
  }
}
