// Near duplicates: pairs of rows against the known entities of public tables, and given pairs of beers.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { defaults } from '../../../dist/analyzers/duplicates/options.js';
import { alikePairs } from '../../../dist/analyzers/duplicates/near/alike-pairs.js';
import { candidatePairs } from '../../../dist/analyzers/duplicates/near/candidates.js';
import { matchesOf } from '../../../dist/analyzers/duplicates/near/matches.js';
import { plainText } from '../../../dist/analyzers/duplicates/near/plain-text.js';
import { rowSimilarity } from '../../../dist/analyzers/duplicates/near/row-similarity.js';
import { createRandom } from '../../../dist/src/core/random.js';
import { dataFolder } from './data.mjs';
import { mean, records, scored, three } from './table.mjs';

const tables = {
  febrl1: { file: 'febrl/dataset1.csv.gz', entity: 'rec_id', hidden: ['rec_id'] },
  febrl2: { file: 'febrl/dataset2.csv.gz', entity: 'rec_id', hidden: ['rec_id'] },
  febrl3: { file: 'febrl/dataset3.csv.gz', entity: 'rec_id', hidden: ['rec_id'] },
  'febrl3-without-soc-sec-id': { file: 'febrl/dataset3.csv.gz', entity: 'rec_id', hidden: ['rec_id', 'soc_sec_id'] },
  'sites-4-columns': {
    file: 'early-childhood-sites/sites.csv.gz',
    entity: 'True Id',
    only: ['Site name', 'Address', 'Zip', 'Phone'],
  },
  beers: { file: 'raha/beers_clean.csv.gz', entity: 'index', hidden: ['index', 'id', 'brewery_id'] },
  'sites-automatic': {
    file: 'early-childhood-sites/sites.csv.gz',
    entity: 'True Id',
    hidden: ['True Id', 'Id', 'Source'],
  },
};

/** A table as the detector compares it, columns chosen as it chooses them, and the entity of each row. */
function opened(name) {
  const { file, entity, hidden = [], only } = tables[name];
  const [header, ...rows] = records(file).map((row) => row.map((cell) => cell.trim()));
  const of = rows.map((row) => row[header.indexOf(entity)].replace(/^rec-(\d+)-.*$/, '$1'));
  const seen = [...header.keys()].filter((c) => (only ? only.includes(header[c]) : !hidden.includes(header[c])));
  const filled = seen.filter((c) => {
    const held = rows.map((row) => plainText(row[c])).filter((cell) => cell !== '');
    return held.length >= 0.2 * rows.length && new Set(held).size > 5;
  });
  const columns = filled.map((c) => ({ id: `c${c}`, name: header[c], type: 'VARCHAR' }));
  return { table: { columns, fields: rows.map((row) => filled.map((c) => plainText(row[c]))) }, of };
}

/** Pair precision, recall and F1 of a table, and CPU seconds. */
export function nearDuplicatesOf(name, seed = 1) {
  const { table, of } = opened(name);
  const { columns, fields: rows } = table;
  const from = process.cpuUsage();
  const { pairs, by, byChance } = matchesOf(table, defaults.nearCosine, createRandom(seed).fork('duplicates'));
  const { user, system } = process.cpuUsage(from);
  const truth = new Set();
  const byEntity = new Map();
  of.forEach((e, row) => byEntity.set(e, [...(byEntity.get(e) ?? []), row]));
  for (const group of byEntity.values())
    for (const a of group) for (const b of group) if (a < b) truth.add(a * rows.length + b);
  const found = new Set(pairs.map(({ low, high }) => low * rows.length + high));
  const blocked = new Set(candidatePairs(table).map(({ low, high }) => low * rows.length + high));
  const complete = [...truth].filter((pair) => blocked.has(pair)).length / truth.size;
  return {
    rows: rows.length,
    columns: columns.length,
    by: byChance === null ? by : `${by} (${byChance} by chance)`,
    complete,
    candidates: blocked.size,
    ...scored(found, truth),
    seconds: (user + system) / 1e6,
  };
}

/** Beers of one brewery, its sorts and years: other spellings of one thing to a cosine, and different things. */
function differentBeers() {
  const { table } = opened('beers');
  const { pairs, byChance } = matchesOf(table, defaults.nearCosine, createRandom(1).fork('duplicates'));
  return {
    alike: alikePairs(table, candidatePairs(table), defaults.nearCosine).length,
    byChance,
    called: pairs.length,
  };
}

/** F1 of given pairs of beers by the cosine of the detector: of the pairs in some parts, at a threshold. */
export function beerPairs() {
  const pairs = ['train', 'valid', 'test'].flatMap((part) => {
    const text = gunzipSync(readFileSync(path.join(dataFolder, `beer-pairs/${part}.txt.gz`))).toString('utf8');
    return text
      .trimEnd()
      .split('\n')
      .map((line) => {
        const [left, right, match] = line.split('\t');
        return { part, rows: [fieldsOf(left), fieldsOf(right)], isMatch: match.trim() === '1' };
      });
  });
  const fields = pairs.flatMap(({ rows }) => rows);
  const alike = rowSimilarity({ columns: fields[0].map((_, c) => ({ id: `c${c}` })), fields });
  const cosines = pairs.map((_, i) => alike({ low: 2 * i, high: 2 * i + 1 }));
  return (parts, threshold) => {
    const some = [...pairs.keys()].filter((i) => parts.includes(pairs[i].part));
    return scored(new Set(some.filter((i) => cosines[i] >= threshold)), new Set(some.filter((i) => pairs[i].isMatch)));
  };
}

const thresholds = [0.35, 0.4, 0.425, 0.45, 0.475, 0.5, 0.525, 0.55, 0.6, 0.65];

/** Of every table the F1 by threshold; of beers by the pairs that are not in the test split. */
function cosineCurves(beer) {
  const curves = {};
  for (const name of ['febrl1', 'febrl2', 'febrl3', 'sites-4-columns', 'sites-automatic']) {
    const { table, of } = opened(name);
    const alike = rowSimilarity(table);
    const sizes = new Map();
    for (const entity of of) sizes.set(entity, (sizes.get(entity) ?? 0) + 1);
    const truth = [...sizes.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
    const pairs = candidatePairs(table).map((pair) => ({
      cosine: alike(pair),
      isMatch: of[pair.low] === of[pair.high],
    }));
    curves[name] = thresholds.map((threshold) => {
      const found = pairs.filter(({ cosine }) => cosine >= threshold);
      return (2 * found.filter(({ isMatch }) => isMatch).length) / (found.length + truth);
    });
  }
  return { ...curves, 'beer, not test': thresholds.map((threshold) => beer(['train', 'valid'], threshold).f1) };
}

/** The threshold that is best by the mean over sources, each the mean of its tables. */
function bestThreshold(curves) {
  const sources = [...new Set(Object.keys(curves).map(sourceOf))];
  const means = thresholds.map((_, i) => {
    const of = (source) =>
      mean(Object.keys(curves).flatMap((set) => (sourceOf(set) === source ? [curves[set][i]] : [])));
    return mean(sources.map(of));
  });
  return thresholds[means.indexOf(Math.max(...means))];
}

const sourceOf = (table) => table.match(/^[a-z]+/)[0];

function fieldsOf(record) {
  return [...record.matchAll(/COL \S+ VAL (.*?)(?= COL |$)/g)].map(([, value]) => plainText(value));
}

/** The lines of near duplicates. */
export async function nearDuplicateLines({ seeds, say, figure }) {
  say('near duplicates: precision/recall/F1 of pairs, mean of 3 seeds of the random pairs');
  const pairBars = {
    febrl1: 0.99,
    febrl2: 0.99,
    febrl3: 0.99,
    'febrl3-without-soc-sec-id': 0.99,
    'sites-4-columns': 0.88,
    'sites-automatic': 0.74,
  };
  for (const [set, bar] of Object.entries(pairBars)) {
    const all = seeds.map((seed) => nearDuplicatesOf(set, seed));
    const [got] = all;
    say(
      `  ${set.padEnd(26)} ${got.columns} columns, by ${got.by} ${three(got)}  candidates ${got.candidates}, complete ${got.complete.toFixed(3)}`,
    );
    figure(`near-duplicates.${set}.f1`, mean(all.map(({ f1 }) => f1)), '>=', bar);
    if (got.rows === 5000)
      figure(`near-duplicates.${set}.cpu-seconds`, Math.min(...all.map(({ seconds }) => seconds)), '<=', 10);
  }
  const kinds = differentBeers();
  say(`  2,410 different beers: ${kinds.alike} pairs as alike, ${kinds.byChance} by chance; called ${kinds.called}`);
  figure('near-duplicates.different-beers.pairs', kinds.called, '<=', 0);
  const beer = beerPairs();
  const curves = cosineCurves(beer);
  const { nearCosine } = defaults;
  say('  cosine alone: F1 by threshold, and at the threshold that is best by the mean of the other sources');
  for (const [set, curve] of Object.entries(curves)) {
    const others = Object.entries(curves).filter(([name]) => sourceOf(name) !== sourceOf(set));
    const at = bestThreshold(Object.fromEntries(others));
    const shown = curve.map((f1, i) => `${thresholds[i]} ${f1.toFixed(3)}`).join('  ');
    say(`  ${set.padEnd(16)} ${shown}  left out: ${at} ${curve[thresholds.indexOf(at)].toFixed(3)}`);
  }
  say(`  best by the mean of all of these: ${bestThreshold(curves)}; the detector's: ${nearCosine}`);
  const all = ['train', 'valid', 'test'];
  say(
    `  given pairs of beers at ${nearCosine}: all 450 pairs ${three(beer(all, nearCosine))}, the 91 for tests ${three(beer(['test'], nearCosine))}`,
  );
  figure('near-duplicates.beer.f1', beer(['test'], nearCosine).f1, '>=', 0.84);
}
