import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { Float64, Int32, makeData, makeVector, Table, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow';
import { createDuckDb, createRun } from '../../../dist/src/index.js';
import { openStudy } from '../../../dist/src/dataset/open.js';
import { allRowsQuery } from '../../../dist/src/dataset/sql/shapes/all-rows.js';
import { mutate } from './mutate.mjs';

const fixtures = fileURLToPath(new URL('../../../fixtures', import.meta.url));

/** Mutated files of every format, opened and read to the end as `audit` reads them. */
export async function fileTarget(random, work, seed) {
  const engine = await createDuckDb({ memory: '500MB', threads: 1 });
  const run = createRun({ engine });
  const seeds = await seedFiles(run, work, seed);
  const pick = () => seeds[Math.floor(random() * seeds.length)];
  const file = (name) => path.join(work, `${seed}-${name}`);
  const cache = path.join(work, `${seed}-cache`);
  const next = () => {
    const { name, bytes } = pick();
    const mutated = mutate(bytes, pick().bytes, random);
    return {
      name,
      bytes: mutated,
      attempt: async () => {
        writeFileSync(file(name), mutated);
        try {
          const study = await openStudy({ train: file(name), cache }, run);
          for await (const batch of engine.batches(allRowsQuery(study.train), run)) void batch;
        } finally {
          rmSync(file(name));
          rmSync(cache, { recursive: true, force: true });
        }
      },
    };
  };
  return {
    next,
    close: async () => {
      await run.close();
      await engine.close();
    },
  };
}

/** Real rows in every format that is read, a few hundred each, and the files that are broken already. */
async function seedFiles(run, work, seed) {
  const csv = gunzipSync(readFileSync(path.join(fixtures, 'real', 'bank-sample.csv.gz')));
  const some = csv.subarray(0, csv.indexOf('\n', 20_000) + 1);
  const source = path.join(work, `${seed}-source.csv`);
  writeFileSync(source, some);
  const { engine } = run;
  const written = [];
  for (const kind of ['parquet', 'jsonl']) {
    const at = path.join(work, `${seed}-source.${kind}`);
    await engine.write({ sql: `SELECT * FROM read_csv('${source}')` }, { kind, path: at }, run);
    written.push({ name: `bank.${kind}`, bytes: readFileSync(at) });
  }
  const broken = readdirSync(path.join(fixtures, 'broken'))
    .filter((name) => /\.(csv|parquet|jsonl|arrow)$/.test(name))
    .map((name) => ({ name, bytes: readFileSync(path.join(fixtures, 'broken', name)) }));
  const tiny = ['clicks.csv', 'odd-names.csv', 'blanks.csv'].map((name) => ({
    name,
    bytes: readFileSync(path.join(fixtures, 'tiny', name)),
  }));
  const table = arrowTable();
  return [
    { name: 'bank.csv', bytes: some },
    { name: 'bank.tsv', bytes: Buffer.from(String(some).replaceAll(',', '\t')) },
    { name: 'bank.csv.gz', bytes: readFileSync(path.join(fixtures, 'real', 'telco-churn.csv.gz')).subarray(0, 60_000) },
    ...written,
    ...written,
    { name: 'some.arrow', bytes: Buffer.from(tableToIPC(table, 'file')) },
    { name: 'some.arrows', bytes: Buffer.from(tableToIPC(table, 'stream')) },
    ...broken,
    ...tiny,
  ];
}

function arrowTable() {
  const rows = 200;
  const numbers = makeData({
    type: new Float64(),
    length: rows,
    data: Float64Array.from({ length: rows }, (_, i) => i / 7),
  });
  const label = makeData({ type: new Int32(), length: rows, data: Int32Array.from({ length: rows }, (_, i) => i % 2) });
  const words = vectorFromArray(
    Array.from({ length: rows }, (_, i) => (i % 9 === 0 ? null : `word ${i % 13}`)),
    new Utf8(),
  );
  return new Table({ x: makeVector(numbers), word: words, label: makeVector(label) });
}
