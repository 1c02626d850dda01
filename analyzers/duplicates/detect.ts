import type { Wanted } from '../../src/core/defect.js';
import type { Evidence, Flagged } from '../../src/core/evidence.js';
import type { Column, Relation } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { DuplicatesOptions } from './options.js';
import {
  equalRows,
  equalRowsSummary,
  flaggedCopies,
  pairsByChance,
  repeatedHashes,
} from '../../src/dataset/sql/shapes/equal-rows.js';
import { hashSample } from '../../src/dataset/sql/shapes/hash-sample.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { describingColumns } from '../../src/derived/describing-columns.js';
import { wilson } from '../../src/stats/proportion.js';
import { equalRowsTable } from './tables.js';

/** Finds rows that are equal in all columns that describe a row, label and time included. */
export async function detect(study: Study, run: Run, options: DuplicatesOptions, wanted?: Wanted): Promise<Evidence> {
  const { train } = study;
  const columns = await describingColumns(study, run);
  const { groups, copies, largest } = await findEqualRows(train, columns, run);
  const share = train.rows === 0 ? 0 : copies / train.rows;
  const { low, high } = wilson(copies, train.rows);
  const measurements = [
    { name: 'duplicates.share', value: share, unit: 'share', low, high },
    { name: 'duplicates.copies', value: copies, unit: 'count' },
  ] as const;
  if (copies === 0) return { measurements, findings: [], score: share, flagged: null };
  // The finding tells copies from coincidence, which takes a sample; the share does not need it.
  if (wanted !== undefined && !wanted.has('duplicates.by-chance'))
    return { measurements, findings: [], flagged: await flag(train, copies, run) };
  const chance = await expectedPairs(train, columns, options.chanceRows, run);
  const apart = train.columns.filter((c) => !columns.includes(c)).map((c) => c.name);
  const args = { copies, groups, largest, share, chance, apart };
  return {
    measurements: [...measurements, { name: 'duplicates.by-chance', value: chance, unit: 'count' }],
    findings: [{ code: 'duplicates.exact', severity: 'suspect', args }],
    score: share,
    flagged: await flag(train, copies, run),
  };
}

/** Keeps the equal rows as a table: a hash prefilter first, then a comparison of the few rows that are left. */
async function findEqualRows(
  train: Relation,
  columns: readonly Column[],
  run: Run,
): Promise<{ groups: number; copies: number; largest: number }> {
  const { engine } = run;
  const hashes = tableName('repeated_hashes', train.name);
  const table = equalRowsTable(train);
  if (columns.length === 0) return { groups: 0, copies: 0, largest: 0 };
  const { rows } = await engine.write(
    repeatedHashes(train, columns, engine.dialect),
    { kind: 'table', name: hashes },
    run,
  );
  if (rows === 0) {
    await engine.drop(hashes, run);
    return { groups: 0, copies: 0, largest: 0 };
  }
  await engine.write(equalRows(train, columns, hashes, engine.dialect), { kind: 'table', name: table }, run);
  await engine.drop(hashes, run);
  const [summary = {}] = await engine.rows(equalRowsSummary(table), 1, run);
  return { groups: Number(summary['groups']), copies: Number(summary['copies']), largest: Number(summary['largest']) };
}

async function expectedPairs(
  train: Relation,
  columns: readonly Column[],
  sampleRows: number,
  run: Run,
): Promise<number> {
  const { engine } = run;
  const name = tableName('chance_sample', train.name);
  const sample = hashSample(train, columns, sampleRows, 'duplicates/chance', engine.dialect);
  await engine.write(sample, { kind: 'table', name }, run);
  const [row = {}] = await engine.rows(pairsByChance(name, columns, train.rows), 1, run);
  await engine.drop(name, run);
  return Number(Number(row['pairs'] ?? 0).toPrecision(6));
}

async function flag(train: Relation, copies: number, run: Run): Promise<Flagged> {
  const name = tableName('flagged_duplicates', train.name);
  const query = flaggedCopies(equalRowsTable(train), 'duplicates.exact', run.engine.dialect);
  await run.engine.write(query, { kind: 'view', name }, run);
  return { relation: name, rows: copies };
}
