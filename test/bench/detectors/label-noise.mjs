// Label noise: damages a set by one of the defect's own mechanisms, ranks its rows out of fold, scores the ranking.
import { labelNoise } from '../../../dist/analyzers/label-noise/index.js';
import { atDose } from '../../../dist/src/ablation/dose.js';
import { createRun } from '../../../dist/src/core/run.js';
import { labelSql } from '../../../dist/src/dataset/sql/label.js';
import { compilePlan } from '../../../dist/src/dataset/sql/plan/compile.js';
import { outOfFold } from '../../../dist/src/derived/out-of-fold.js';
import { averagePrecision } from '../../../dist/src/stats/average-precision.js';
import { openSet } from './data.mjs';
import { mean } from './table.mjs';

/** Doses: a tenth of the rows (.5% of rare clicks), or a fifth of the number of positives. */
function doseOf(mechanism, set, rows, positives) {
  if (mechanism === 'lost-positives') return 0.2;
  if (mechanism === 'false-positives') return (0.2 * positives) / (rows - positives);
  return set.startsWith('clicks') ? 0.005 : 0.1;
}

/** AP of self-confidence over all rows and inside each given label, on the set damaged with one seed. */
export async function rank(set, mechanism, seed, engine, cache) {
  const run = createRun({ engine, seed, threads: 2, id: `${set}-${mechanism}-${seed}` });
  try {
    const study = await openSet(set, cache, run);
    const before = await labelsOf(study, run);
    const positives = before.reduce((sum, y) => sum + y, 0);
    const injection = await labelNoise.inject.find((m) => m.name === mechanism).inject(study, run);
    const dose = await atDose(injection, doseOf(mechanism, set, before.length, positives), study, run);
    const damaged = await applied(study, dose.plan, `damaged_${mechanism.replaceAll('-', '_')}_${seed}`, run);
    const label = await labelsOf(damaged, run);
    const { p } = await outOfFold(damaged, run, { folds: 'user' });
    const doubt = Float64Array.from(p, (v, row) => (label[row] === 1 ? 1 - v : v));
    const wrong = label.map((y, row) => Number(y !== before[row]));
    const inside = (of) => {
      const rows = [...label.keys()].filter((row) => label[row] === of);
      return averagePrecision(
        Float64Array.from(rows, (r) => doubt[r]),
        Uint8Array.from(rows, (r) => wrong[r]),
      );
    };
    return { all: averagePrecision(doubt, wrong), given1: inside(1), given0: inside(0), wrong: dose.units };
  } finally {
    await run.close();
  }
}

/** What the detector calls on the set as published: nothing but notes is what is asked. */
export async function lookAtClean(set, seed, engine, cache) {
  const run = createRun({ engine, seed, threads: 2, id: `${set}-clean-${seed}` });
  try {
    const evidence = await labelNoise.detect(await openSet(set, cache, run), run);
    const measure = (name) => evidence.measurements.find((m) => m.name === `label-noise.${name}`)?.value ?? Number.NaN;
    return {
      called: evidence.findings.filter(({ severity }) => severity !== 'note').length,
      share: measure('share'),
      auc: measure('out-of-fold-auc'),
      r01: measure('r01-upper'),
      r10: measure('r10-upper'),
      review: evidence.flagged?.rows ?? 0,
    };
  } finally {
    await run.close();
  }
}

async function labelsOf(study, run) {
  const sql = `SELECT ${labelSql(study.roles.label)} AS y FROM ${study.train.name} ORDER BY k`;
  const out = new Uint8Array(study.train.rows);
  let at = 0;
  for await (const batch of run.engine.batches({ sql }, run)) {
    out.set(batch.columns[0].values.subarray(0, batch.rows), at);
    at += batch.rows;
  }
  return out;
}

async function applied(study, plan, name, run) {
  const { dialect } = run.engine;
  const { result } = compilePlan(study.train, plan, { roles: study.roles, dialect, scope: 'all' });
  const columns = study.train.columns.map(({ id }) => id).join(', ');
  const query = { ...result, sql: `SELECT k, ${columns} FROM (${result.sql}) ORDER BY k` };
  await run.engine.write(query, { kind: 'table', name }, run);
  const relation = { ...study.train, name };
  return { ...study, whole: relation, train: relation };
}

const ranked = ['bank', 'telco', 'higgs', 'clicks', 'clicks-hard'];
const bars = {
  'false-positives': { of: 'given1', bank: 0.72, telco: 0.5, clicks: 0.55, 'clicks-hard': 0.4 },
  'lost-positives': { of: 'given0', bank: 0.16, telco: 0.28, higgs: 0.42 },
  uniform: { of: 'all', bank: 0.75, telco: 0.53, higgs: 0.29 },
};

/** The lines of label noise: rankings on damaged sets, calls on sets as published. */
export async function labelNoiseLines({ engine, cache, once, seeds, say, figure }) {
  say('label noise: average precision, mean of 3 seeds (all rows; inside given 1; inside given 0)');
  for (const [mechanism, bar] of Object.entries(bars)) {
    for (const set of ranked) {
      const cells = [];
      for (const seed of seeds)
        cells.push(await once(`${mechanism} ${set} ${seed}`, () => rank(set, mechanism, seed, engine, cache)));
      const of = (name) => mean(cells.map((c) => c[name] ?? Number.NaN));
      say(
        `  ${mechanism.padEnd(16)} ${set.padEnd(12)} all ${of('all').toFixed(3)}  given 1 ${of('given1').toFixed(3)}  given 0 ${of('given0').toFixed(3)}  wrong ${Math.round(of('wrong'))}`,
      );
      if (bar[set] !== undefined) figure(`label-noise.${mechanism}.${bar.of}.${set}`, of(bar.of), '>=', bar[set]);
    }
  }
  say('label noise on data as published: findings that call labels wrong, over 3 seeds');
  for (const set of ranked) {
    const cells = [];
    for (const seed of seeds)
      cells.push(await once(`clean ${set} ${seed}`, () => lookAtClean(set, seed, engine, cache)));
    const of = (name) => mean(cells.map((c) => c[name]));
    say(
      `  ${set.padEnd(12)} out-of-fold AUC ${of('auc').toFixed(3)}  r01 at most ${of('r01').toFixed(4)}  r10 at most ${of('r10').toFixed(3)}  review list ${of('review').toFixed(0)}`,
    );
    figure(
      `label-noise.clean-called.${set}`,
      cells.reduce((sum, c) => sum + c.called, 0),
      '<=',
      0,
    );
  }
}
