import type { DuckDBConnection } from '@duckdb/node-api';
import type { TypeName } from '../../../../core/plan.js';
import type { Guard } from '../guard.js';
import type { Rung } from './typing.js';
import { isBlank } from './typing.js';

export interface DetectedColumn {
  readonly type: TypeName;
  /** Cells that hold only blanks in a column of another type than text. */
  readonly blanks: number;
}

/** Rows whose cells narrow the candidates down before the whole file is looked at. */
const glance = 2_000;
/** Columns looked at in one query. */
const batch = 100;

/** Types of text columns over all rows of `from`: candidates by the first rows, then proven on every cell. */
export async function detectTypes(
  connection: DuckDBConnection,
  guard: Guard,
  from: string,
  ids: readonly string[],
  rungs: readonly Rung[],
): Promise<DetectedColumn[]> {
  const detected: DetectedColumn[] = [];
  for (let at = 0; at < ids.length; at += batch) {
    const some = ids.slice(at, at + batch);
    detected.push(
      ...(await detectBatch((parts, source) => firstRow(connection, guard, parts, source), from, some, rungs)),
    );
  }
  return detected;
}

type Count = (parts: readonly string[], from: string) => Promise<number[]>;

async function firstRow(
  connection: DuckDBConnection,
  guard: Guard,
  parts: readonly string[],
  from: string,
): Promise<number[]> {
  if (parts.length === 0) return [];
  const reader = await guard.step(() => connection.runAndReadAll(`SELECT ${parts.join(', ')} FROM ${from}`));
  return reader.getRows()[0]!.map(Number);
}

/** A column whose type is not settled yet. */
interface Open {
  readonly id: string;
  readonly at: number;
  readonly candidates: readonly Rung[];
}

async function detectBatch(
  count: Count,
  from: string,
  ids: readonly string[],
  rungs: readonly Rung[],
): Promise<DetectedColumn[]> {
  const detected: DetectedColumn[] = ids.map(() => ({ type: 'VARCHAR', blanks: 0 }));
  let open = await glanceAt(count, from, ids, rungs);
  // Each pass tries the narrowest candidate of every open column; nearly always one pass is all.
  while (open.length > 0) {
    const found = await prove(count, from, open);
    open = open.flatMap((column, i) => {
      const { values, fit, blanks } = found[i]!;
      if (values === 0) return [];
      if (fit) detected[column.at] = { type: column.candidates[0]!.type, blanks };
      const candidates = column.candidates.slice(1);
      return fit || candidates.length === 0 ? [] : [{ ...column, candidates }];
    });
  }
  return detected;
}

/** Rows where it is true. A FILTER for each of hundreds of counts is ten times slower in DuckDB than a CASE. */
function countWhere(condition: string): string {
  return `count(CASE WHEN ${condition} THEN 1 END)`;
}

/** The types that fit the first rows of each column; columns that can only be text are left out. */
async function glanceAt(count: Count, from: string, ids: readonly string[], rungs: readonly Rung[]): Promise<Open[]> {
  const misfits = ids.flatMap((id) =>
    rungs.map((r) => countWhere(`NOT coalesce(${r.fits(id)}, ${id} IS NULL) AND NOT ${isBlank(id)}`)),
  );
  const counts = await count(misfits, `(SELECT ${ids.join(', ')} FROM ${from} LIMIT ${glance})`);
  return ids
    .map((id, at) => ({ id, at, candidates: rungs.filter((_, r) => counts[at * rungs.length + r] === 0) }))
    .filter((column) => column.candidates.length > 0);
}

/** Looks at every cell; blanks are searched for only where cells do not fit, since that is dear. */
async function prove(
  count: Count,
  from: string,
  open: readonly Open[],
): Promise<{ values: number; fit: boolean; blanks: number }[]> {
  const parts = open.flatMap(({ id, candidates }) => [`count(${id})`, countWhere(candidates[0]!.fits(id))]);
  const counts = await count(parts, from);
  const misfits = open.map((_, i) => counts[2 * i]! - counts[2 * i + 1]!);
  const doubtful = open.filter((_, i) => misfits[i]! > 0);
  const blanks = await count(
    doubtful.map(({ id }) => countWhere(isBlank(id))),
    from,
  );
  return open.map((column, i) => {
    const blank = misfits[i] === 0 ? 0 : blanks[doubtful.indexOf(column)]!;
    return { values: counts[2 * i]! - blank, fit: misfits[i] === blank, blanks: blank };
  });
}
