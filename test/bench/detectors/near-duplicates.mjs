// Near duplicates: pairs of rows against the known entities of public tables, and given pairs of beers.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { defaults } from '../../../dist/analyzers/duplicates/options.js';
import { candidatePairs } from '../../../dist/analyzers/duplicates/near/candidates.js';
import { matchesOf } from '../../../dist/analyzers/duplicates/near/matches.js';
import { plainText } from '../../../dist/analyzers/duplicates/near/plain-text.js';
import { cosine, trigramVectors } from '../../../dist/analyzers/duplicates/near/trigrams.js';
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
  const { pairs, by } = matchesOf(table, defaults.nearCosine, createRandom(seed).fork('duplicates'));
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
    by,
    complete,
    candidates: blocked.size,
    ...scored(found, truth),
    seconds: (user + system) / 1e6,
  };
}

/**
 * F1 on the test split of given pairs of beers, by the cosine of whole records: by the threshold of the detector, by Otsu's on all
 * pairs (no labels), and by the one that is best on the pairs for training, as the option `nearCosine` is chosen by who has some.
 */
export function beerPairs() {
  const pairs = ['train', 'valid', 'test'].flatMap((part) => {
    const text = gunzipSync(readFileSync(path.join(dataFolder, `beer-pairs/${part}.txt.gz`))).toString('utf8');
    return text
      .trimEnd()
      .split('\n')
      .map((line) => {
        const [left, right, match] = line.split('\t');
        return { part, left: recordText(left), right: recordText(right), match: match.trim() === '1' };
      });
  });
  const vectors = trigramVectors(pairs.flatMap(({ left, right }) => [left, right]));
  const alike = pairs.map((_, i) => cosine(vectors[2 * i], vectors[2 * i + 1]));
  const test = [...pairs.keys()].filter((i) => pairs[i].part === 'test');
  const f1Of = (some, threshold) =>
    scored(new Set(some.filter((i) => alike[i] >= threshold)), new Set(some.filter((i) => pairs[i].match)));
  const at = (threshold) => f1Of(test, threshold);
  const others = [...pairs.keys()].filter((i) => pairs[i].part !== 'test');
  const known = thresholds.map((threshold) => f1Of(others, threshold).f1);
  const chosen = thresholds[known.indexOf(Math.max(...known))];
  const otsu = otsuThreshold(alike);
  return {
    fixed: at(defaults.nearCosine),
    all: f1Of([...pairs.keys()], defaults.nearCosine),
    otsu,
    byOtsu: at(otsu),
    chosen,
    byChosen: at(chosen),
    curve: thresholds.map((threshold) => at(threshold).f1),
  };
}

const thresholds = [0.45, 0.5, 0.55, 0.6, 0.65, 0.7];

/** F1 of the pairs of each table that are told by the cosine of their rows alone, by threshold. */
function cosineCurves() {
  const curves = {};
  for (const name of ['febrl1', 'febrl2', 'febrl3', 'sites-4-columns', 'sites-automatic']) {
    const { table, of } = opened(name);
    const vectors = trigramVectors(table.fields.map((row) => row.join(' ')));
    const sizes = new Map();
    for (const entity of of) sizes.set(entity, (sizes.get(entity) ?? 0) + 1);
    const truth = [...sizes.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
    const pairs = candidatePairs(table).map(({ low, high }) => {
      return { alike: cosine(vectors[low], vectors[high]), isMatch: of[low] === of[high] };
    });
    curves[name] = thresholds.map((threshold) => {
      const found = pairs.filter(({ alike }) => alike >= threshold);
      return (2 * found.filter(({ isMatch }) => isMatch).length) / (found.length + truth);
    });
  }
  return curves;
}

function recordText(record) {
  return [...record.matchAll(/COL \S+ VAL (.*?)(?= COL |$)/g)].map(([, value]) => plainText(value)).join(' ');
}

/** The threshold between two classes that leaves least variance inside them (Otsu 1979), of a histogram of 64 bins. */
function otsuThreshold(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const bins = Array.from({ length: 64 }, () => 0);
  for (const v of values) bins[Math.min(63, Math.floor(((v - low) / (high - low)) * 64))]++;
  const centre = (i) => low + ((i + 0.5) * (high - low)) / 64;
  const total = bins.reduce((sum, n, i) => sum + n * centre(i), 0);
  let [best, threshold, w, m] = [0, low, 0, 0];
  for (let i = 0; i < 63; i++) {
    w += bins[i];
    m += bins[i] * centre(i);
    const between = ((total * w) / values.length - m) ** 2 / (w * (values.length - w));
    if (between > best) [best, threshold] = [between, centre(i)];
  }
  return threshold;
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
  const beer = beerPairs();
  say(
    `  given pairs of beers, whole records: cosine ${defaults.nearCosine} ${three(beer.fixed)} (all 450 pairs ${three(beer.all)}), Otsu ${beer.otsu.toFixed(2)} ${three(beer.byOtsu)}, best of the pairs for training ${beer.chosen} ${three(beer.byChosen)}`,
  );
  figure('near-duplicates.beer.f1', beer.fixed.f1, '>=', 0.84);
  figure('near-duplicates.beer-by-training-pairs.f1', beer.byChosen.f1, '>=', 0.84);
  say('  cosine alone: F1 by threshold, and at the threshold that is best on the mean of the other sets');
  const curves = { ...cosineCurves(), beer: beer.curve };
  for (const [set, curve] of Object.entries(curves)) {
    // The two views of sites are one set.
    const others = Object.entries(curves).filter(([name]) => name.split('-')[0] !== set.split('-')[0]);
    const means = thresholds.map((_, i) => mean(others.map(([, other]) => other[i])));
    const at = means.indexOf(Math.max(...means));
    const shown = curve.map((f1, i) => `${thresholds[i]} ${f1.toFixed(3)}`).join('  ');
    say(`  ${set.padEnd(16)} ${shown}  left out: ${thresholds[at]} ${curve[at].toFixed(3)}`);
  }
}
