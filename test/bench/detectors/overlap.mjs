// Overlap of train and test: planted copies among generated rows, chance, and public sets whose halves share nothing.
import path from 'node:path';
import { overlap } from '../../../dist/analyzers/overlap/index.js';
import { createRandom } from '../../../dist/src/core/random.js';
import { createRun } from '../../../dist/src/core/run.js';
import { openStudy } from '../../../dist/src/dataset/open.js';
import { dataFolder, openSet } from './data.mjs';
import { mean, scored, three } from './table.mjs';

const [trainRows, testRows, planted] = [20_000, 5000, 125];
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Flags of 125 exact copies and 125 copies with noise of sd 1e-4 among normal columns of sd 1. */
async function copies(seed, engine) {
  const run = createRun({ engine, seed, id: `overlap-${seed}` });
  try {
    const random = createRandom(seed).fork('overlap');
    const normal = (name, n) => {
      const [u, v] = [random.fork(`${name}/u`), random.fork(`${name}/v`)];
      return Float64Array.from(
        { length: n },
        (_, i) => Math.sqrt(-2 * Math.log(1 - u.at(i))) * Math.cos(2 * Math.PI * v.at(i)),
      );
    };
    const test = names.map((name) => normal(`test/${name}`, testRows));
    const train = names.map((name, c) => {
      const [values, noise] = [normal(`train/${name}`, trainRows), normal(`noise/${name}`, planted)];
      for (let i = 0; i < planted; i++) {
        values[i] = test[c][i];
        values[planted + i] = test[c][planted + i] + 1e-4 * noise[i];
      }
      return values;
    });
    const study = await made('copies', train, test, run);
    const { flagged } = await overlap.detect(study, run);
    const rows = await engine.rows({ sql: `SELECT k, code FROM ${flagged.relation}` }, trainRows, run);
    const found = (code) => new Set(rows.filter((r) => code === null || r.code === code).map((r) => Number(r.k)));
    const truth = new Set(Array.from({ length: 2 * planted }, (_, i) => i));
    const exact = new Set([...truth].filter((k) => k < planted));
    return { exact: scored(found('overlap.exact'), exact), all: scored(found(null), truth) };
  } finally {
    await run.close();
  }
}

/** Share of test rows of four columns of few levels that a training row equals, and how it is called. */
async function byChance(seed, engine) {
  const run = createRun({ engine, seed, id: `overlap-chance-${seed}` });
  try {
    const random = createRandom(seed).fork('overlap/chance');
    const levels = (name, n) =>
      Float64Array.from({ length: n }, (_, i) => Math.floor(60 * random.fork(name).at(i) ** 2));
    const of = (side, n) => ['a', 'b', 'c', 'd'].map((name) => levels(`${side}/${name}`, n));
    const { findings } = await overlap.detect(
      await made('chance', of('train', trainRows), of('test', testRows), run),
      run,
    );
    return { share: findings[0]?.args.share ?? 0, severities: findings.map((f) => f.severity) };
  } finally {
    await run.close();
  }
}

async function made(name, train, test, run) {
  const columns = train.map((_, c) => ({ id: `c${c}`, name: names[c], type: 'DOUBLE' }));
  const relation = async (as, values, first) => {
    const k = BigInt64Array.from({ length: values[0].length }, (_, i) => first + BigInt(i));
    const cells = values.map((v, c) => ({ name: `c${c}`, type: 'DOUBLE', values: v }));
    await run.engine.put(as, [{ name: 'k', type: 'BIGINT', values: k }, ...cells], run);
    return { name: as, columns, rows: values[0].length, split: false, hash: as };
  };
  const whole = await relation(`overlap_${name}_train`, train, 0n);
  const roles = {
    label: null,
    time: null,
    user: null,
    item: null,
    position: null,
    group: null,
    weight: null,
    domain: null,
  };
  const features = columns.map((column) => ({ column, kind: 'numeric' }));
  return {
    files: [],
    whole,
    train: whole,
    evaluation: null,
    test: await relation(`overlap_${name}_test`, test, 1n << 40n),
    reference: null,
    roles: { ...roles, key: [], features, excluded: [], reasons: {} },
    split: null,
  };
}

/** What is called between a random fifth of a public set and the rest. */
async function onSet(set, seed, engine, cache) {
  const run = createRun({ engine, seed, id: `overlap-${set}-${seed}` });
  try {
    if (set === 'higgs') {
      const [train, test] = ['train', 'test'].map((part) => path.join(dataFolder, `higgs/${part}.tsv.gz`));
      const study = await openStudy({ train, test, header: false, label: 'column0', positive: '1', cache }, run);
      return shown(await overlap.detect(study, run));
    }
    const study = await openSet(set, cache, run);
    const part = async (name, where) => {
      await engine.write({ sql: `SELECT * FROM ${study.train.name} WHERE ${where}` }, { kind: 'table', name }, run);
      const [row] = await engine.rows({ sql: `SELECT count(*) AS n FROM ${name}` }, 1, run);
      return { ...study.train, name, rows: Number(row.n) };
    };
    const draw = engine.dialect.uniform(`overlap/${seed}`, 'k');
    const id = `overlap_${set.replace('-', '_')}_${seed}`;
    const [train, test] = [await part(`${id}_train`, `${draw} < 0.8`), await part(`${id}_test`, `${draw} >= 0.8`)];
    return shown(await overlap.detect({ ...study, whole: train, train, test }, run));
  } finally {
    await run.close();
  }
}

function shown({ findings }) {
  return findings.map(({ code, severity, args }) => ({ code, severity, test: args.test ?? args.known }));
}

/** The lines of overlap. */
export async function overlapLines({ engine, cache, once, seeds, say, figure }) {
  say(`overlap: ${testRows} generated test rows, ${planted} exact copies and ${planted} with noise, 3 seeds`);
  const cells = [];
  for (const seed of seeds) cells.push(await once(`overlap ${seed}`, () => copies(seed, engine)));
  const of = (kind, what) => mean(cells.map((c) => c[kind][what]));
  say(
    `  exact copies ${cells.map((c) => three(c.exact)).join('  ')}; all ${cells.map((c) => three(c.all)).join('  ')}`,
  );
  figure('overlap.exact.precision', of('exact', 'precision'), '>=', 1);
  figure('overlap.exact.recall', of('exact', 'recall'), '>=', 1);
  figure('overlap.all.precision', of('all', 'precision'), '>=', 1);
  figure('overlap.all.recall', of('all', 'recall'), '>=', 0.99);
  for (const seed of seeds) {
    const { share, severities } = await once(`overlap chance ${seed}`, () => byChance(seed, engine));
    say(`  four columns of few levels, seed ${seed}: ${(100 * share).toFixed(2)}% of the test rows equal by chance`);
    figure(`overlap.chance-called.seed-${seed}`, severities.filter((s) => s !== 'note').length, '<=', 0);
  }
  for (const set of ['higgs', 'bank', 'telco', 'clicks', 'clicks-hard']) {
    const called = [];
    for (const seed of set === 'higgs' ? [1] : seeds)
      called.push(...(await once(`overlap ${set} ${seed}`, () => onSet(set, seed, engine, cache))));
    const told = called.map((c) => `${c.severity} ${c.code} ${c.test}`).join(', ');
    say(`  ${set}: ${told === '' ? 'nothing' : told}`);
    // A fifth of telco holds some of its 22 repeated rows: there is something to call.
    const rows = called.filter((c) => c.severity !== 'note').length;
    if (set !== 'telco') figure(`overlap.called.${set}`, rows, '<=', 0);
  }
}
