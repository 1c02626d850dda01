// Dirty cells: flagged cells and repaired values against the clean tables, cell by cell.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { dirtyCells } from '../../../dist/analyzers/dirty-cells/index.js';
import { missing } from '../../../dist/analyzers/missing/index.js';
import { createRun } from '../../../dist/src/core/run.js';
import { compilePlan } from '../../../dist/src/dataset/sql/plan/compile.js';
import { openStudy } from '../../../dist/src/dataset/open.js';
import { dataFolder } from './data.mjs';
import { records, scored, three } from './table.mjs';

/**
 * Scores of one table of two versions; `words` adds the null words that `missing` asks the user to confirm. `options` are
 * those of the detector.
 */
export async function dirtyCellsOf(set, engine, cache, options = {}) {
  const run = createRun({ engine, id: `dirty-${set}` });
  try {
    const [dirty, clean] = [records(`raha/${set}_dirty.csv.gz`), records(`raha/${set}_clean.csv.gz`)];
    const study = await openStudy({ train: path.join(dataFolder, `raha/${set}_dirty.csv.gz`), cache }, run);
    const column = new Map(dirty[0].map((name, i) => [name, i]));
    const truth = new Set();
    for (let r = 1; r < dirty.length; r++)
      for (let c = 0; c < dirty[0].length; c++) if (dirty[r][c] !== clean[r][c]) truth.add(`${r - 1} ${c}`);
    const evidence = await dirtyCells.with(options).detect(study, run);
    const cells = await flaggedCells(evidence, column, run);
    const words = await nullWords(study, column, run);
    const without = (set_, name) => new Set([...set_].filter((cell) => !cell.endsWith(` ${column.get(name)}`)));
    const all = new Set([...cells, ...words]);
    const repaired = await valuesAfter(study, evidence, words, dirty, run);
    const touched = [...repaired].filter(([cell]) => truth.has(cell));
    const right = touched.filter(([cell, value]) => {
      const [r, c] = cell.split(' ').map(Number);
      return value === clean[r + 1][c];
    });
    return {
      wrong: truth.size,
      cells: scored(cells, truth),
      all: scored(all, truth),
      withoutOunces: column.has('ounces') ? scored(without(all, 'ounces'), without(truth, 'ounces')) : null,
      touched: repaired.size,
      touchedWrong: touched.length,
      right: touched.length === 0 ? 0 : right.length / touched.length,
    };
  } finally {
    await run.close();
  }
}

/** A table of the package vega-datasets: words alike by nature, such as names of counties and of aircraft. */
const vega = (name) => fileURLToPath(new URL(`../data/${name}`, import.meta.resolve('vega-datasets')));

/** Tables that contradict themselves in a few cells: other sizes of a species, other states of a brewery. */
const notQuiteClean = new Set(['hospital clean', 'beers clean', 'birdstrikes']);

/** What is flagged on a table as published: share of its text cells. */
export async function dirtyCellsOn(options, engine, cache) {
  const run = createRun({ engine, id: 'dirty-quiet' });
  try {
    const study = await openStudy({ ...options, train: path.resolve(dataFolder, options.train), cache }, run);
    const { score, flagged } = await dirtyCells.detect(study, run);
    return { score, cells: flagged?.rows ?? 0 };
  } finally {
    await run.close();
  }
}

async function flaggedCells({ flagged }, column, run, code = '') {
  if (flagged === null) return new Set();
  const where = code === '' ? '' : ` WHERE code = '${code}'`;
  const rows = await run.engine.rows({ sql: `SELECT k, column_name FROM ${flagged.relation}${where}` }, 1e7, run);
  return new Set(rows.map((row) => `${String(row.k)} ${column.get(String(row.column_name))}`));
}

/** Words that stand for null, in columns that are not mostly such a word. */
async function nullWords(study, column, run) {
  const evidence = await missing.detect(study, run);
  const rare = evidence.findings.filter((f) => f.code === 'missing.disguised' && f.args.share < 0.5);
  const columns = new Set(rare.map((f) => column.get(f.args.column)));
  const cells = await flaggedCells(evidence, column, run, 'missing.disguised');
  return new Set([...cells].filter((cell) => columns.has(Number(cell.split(' ')[1]))));
}

/** New text of every cell that the repairs, and the nulls for words, change. */
async function valuesAfter(study, evidence, words, dirty, run) {
  const changed = new Map([...words].map((cell) => [cell, '']));
  for (const { plan } of await dirtyCells.repair(study, evidence, run)) {
    const { result, columns } = compilePlan(study.whole, plan, {
      roles: study.roles,
      dialect: run.engine.dialect,
      scope: 'all',
    });
    const list = columns.map(({ id }) => `CAST(${id} AS VARCHAR) AS ${id}`).join(', ');
    const rows = await run.engine.rows({ ...result, sql: `SELECT k, ${list} FROM (${result.sql})` }, 1e7, run);
    for (const row of rows) {
      columns.forEach(({ id, name }) => {
        const at = dirty[0].indexOf(name);
        const value = row[id] ?? '';
        if (value !== dirty[Number(row.k) + 1][at]) changed.set(`${String(row.k)} ${at}`, value);
      });
    }
  }
  return changed;
}

/** Values of each threshold that was read off these tables, the default among them. */
const grid = { typoRatio: [3, 5, 10], dependencyError: [0.05, 0.1, 0.15, 0.2], oddShape: [0.005, 0.01, 0.02] };

/** The lines of dirty cells. */
export async function dirtyCellLines({ engine, cache, once, say, figure }) {
  say('dirty cells against the clean tables: precision/recall/F1 of cells');
  const cellBars = { hospital: { cells: 0.92 }, beers: { all: 0.95, withoutOunces: 0.9 } };
  for (const [set, bar] of Object.entries(cellBars)) {
    const got = await dirtyCellsOf(set, engine, cache);
    say(
      `  ${set.padEnd(10)} wrong ${got.wrong}  without null words ${three(got.cells)}  with them ${three(got.all)}  cells changed ${got.touched}, wrong ones ${got.touchedWrong}`,
    );
    for (const [of, value] of Object.entries(bar)) figure(`dirty-cells.${set}.${of}.f1`, got[of].f1, '>=', value);
    figure(`dirty-cells.${set}.right-of-touched-wrong`, got.right, '>=', 0.93);
  }
  say('dirty cells: F1 by threshold, the others as they are, and at the value that is best for the other table');
  for (const [option, values] of Object.entries(grid)) {
    const curves = {};
    for (const set of ['hospital', 'beers']) {
      curves[set] = [];
      for (const value of values) {
        const cell = `dirty ${set} ${option} ${value}`;
        const { cells, all } = await once(cell, () => dirtyCellsOf(set, engine, cache, { [option]: value }));
        curves[set].push((set === 'hospital' ? cells : all).f1);
      }
    }
    for (const [set, other] of [
      ['hospital', 'beers'],
      ['beers', 'hospital'],
    ]) {
      const at = curves[other].indexOf(Math.max(...curves[other]));
      const shown = curves[set].map((f1, i) => `${values[i]} ${f1.toFixed(3)}`).join('  ');
      say(`  ${option.padEnd(16)} ${set.padEnd(9)} ${shown}  left out: ${values[at]} ${curves[set][at].toFixed(3)}`);
    }
  }
  say('dirty cells on tables as published: share of text cells flagged');
  const published = {
    'hospital clean': { train: 'raha/hospital_clean.csv.gz' },
    'beers clean': { train: 'raha/beers_clean.csv.gz' },
    bank: { train: 'bank-sample/bank-sample.csv.gz', label: 'y', positive: 'yes', exclude: ['id'] },
    telco: { train: 'telco-churn/telco-churn.csv.gz', label: 'Churn', positive: 'Yes', exclude: ['customerID'] },
    clicks: { train: 'clicks/clicks.csv.gz', label: 'label', positive: '1', time: 't', exclude: ['row', 'eta'] },
    counties: { train: vega('zipcodes.csv') },
    birdstrikes: { train: vega('birdstrikes.csv') },
    'bandit men': { train: 'open-bandit/bts_men.csv.gz', label: 'click', time: 'timestamp', item: 'item_id' },
  };
  for (const [set, options] of Object.entries(published)) {
    const { score, cells } = await dirtyCellsOn(options, engine, cache);
    say(`  ${set.padEnd(14)} ${cells} cells`);
    figure(`dirty-cells.flagged.${set.replace(' ', '-')}`, score, '<=', notQuiteClean.has(set) ? 0.003 : 0);
  }
}
