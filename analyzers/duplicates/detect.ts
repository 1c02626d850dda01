import type { Wanted } from '../../src/core/defect.js';
import type { Evidence, Finding, Flagged, Measurement } from '../../src/core/evidence.js';
import type { Column, Relation } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { Near } from './near/detect.js';
import type { DuplicatesOptions } from './options.js';
import { equalRows, equalRowsSummary, flaggedBoth } from '../../src/dataset/sql/shapes/equal-rows.js';
import { rowCount } from '../../src/dataset/sql/shapes/row-count.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { expectedPairs } from '../../src/derived/expected-pairs.js';
import { findRepeatedRows } from '../../src/derived/repeated-rows.js';
import { wilson } from '../../src/stats/proportion.js';
import { findNear } from './near/detect.js';
import { equalRowsTable, nearRowsTable } from './tables.js';

/** Finds rows that are equal in all columns that describe a row, label and time included, and things written twice. */
export async function detect(study: Study, run: Run, options: DuplicatesOptions, wanted?: Wanted): Promise<Evidence> {
  const { train } = study;
  const isWanted = (measure: string): boolean => wanted === undefined || wanted.has(`duplicates.${measure}`);
  const { columns, equal } = await findRepeatedRows(study, run);
  const exact = await findEqualRows(train, columns, equal, run);
  const near = isWanted('near-share') ? await findNear(study, columns, options, run) : null;
  // The finding tells copies from coincidence, which takes a sample; the share does not need it.
  const chance =
    exact.copies > 0 && isWanted('by-chance')
      ? await expectedPairs(train, columns, (train.rows * (train.rows - 1)) / 2, run)
      : null;
  const flagged = await flag(train, exact.copies, near?.copies ?? 0, run);
  const findings = [
    ...(chance === null ? [] : [exactFinding(train, columns, exact, chance)]),
    ...(near?.finding ? [near.finding] : []),
  ];
  return {
    measurements: measurementsOf(train.rows, exact.copies, chance, near),
    findings,
    score: train.rows === 0 ? 0 : (flagged?.rows ?? 0) / train.rows,
    flagged,
  };
}

interface Exact {
  readonly groups: number;
  readonly copies: number;
  readonly largest: number;
}

function exactFinding(train: Relation, columns: readonly Column[], exact: Exact, chance: number): Finding {
  const apart = train.columns.filter((c) => !columns.includes(c)).map((c) => c.name);
  const args = { copies: exact.copies, groups: exact.groups, largest: exact.largest };
  return {
    code: 'duplicates.exact',
    severity: 'suspect',
    args: { ...args, share: exact.copies / train.rows, chance, apart },
  };
}

function measurementsOf(
  rows: number,
  copies: number,
  chance: number | null,
  near: Near | null,
): readonly Measurement[] {
  const { low, high } = wilson(copies, rows);
  const share = (count: number): number => (rows === 0 ? 0 : count / rows);
  return [
    { name: 'duplicates.share', value: share(copies), unit: 'share', low, high },
    { name: 'duplicates.copies', value: copies, unit: 'count' },
    ...(chance === null ? [] : [{ name: 'duplicates.by-chance', value: chance, unit: 'count' } as const]),
    ...(near === null ? [] : [{ name: 'duplicates.near-share', value: share(near.copies), unit: 'share' } as const]),
  ];
}

/** Keeps the equal rows as a table: of the few candidates, those that are equal by value. */
async function findEqualRows(
  train: Relation,
  columns: readonly Column[],
  candidates: string,
  run: Run,
): Promise<Exact> {
  const { engine } = run;
  const table = equalRowsTable(train);
  if (columns.length === 0) return { groups: 0, copies: 0, largest: 0 };
  const [found = {}] = await engine.rows(rowCount(candidates), 1, run);
  if (Number(found['n']) === 0) return { groups: 0, copies: 0, largest: 0 };
  await engine.write(equalRows(train, columns, candidates), { kind: 'table', name: table }, run);
  const [summary = {}] = await engine.rows(equalRowsSummary(table), 1, run);
  return { groups: Number(summary['groups']), copies: Number(summary['copies']), largest: Number(summary['largest']) };
}

async function flag(train: Relation, exact: number, near: number, run: Run): Promise<Flagged | null> {
  const tables: (readonly [string, string])[] = [];
  if (exact > 0) tables.push([equalRowsTable(train), 'duplicates.exact']);
  if (near > 0) tables.push([nearRowsTable(train), 'duplicates.near']);
  if (tables.length === 0) return null;
  const name = tableName('flagged_duplicates', train.name);
  await run.engine.write(flaggedBoth(tables, run.engine.dialect), { kind: 'view', name }, run);
  if (tables.length === 1) return { relation: name, rows: exact + near };
  const [row = {}] = await run.engine.rows(rowCount(name), 1, run);
  return { relation: name, rows: Number(row['n']) };
}
