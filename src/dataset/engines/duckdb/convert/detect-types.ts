import type { DuckDBConnection } from '@duckdb/node-api';
import type { TypeName } from '../../../../core/plan.js';
import type { Guard } from '../guard.js';
import type { Rung } from './typing.js';
import { blank, isBlank } from './typing.js';

export interface DetectedColumn {
  readonly type: TypeName;
  /** Cells that hold only blanks in a column of another type than text. */
  readonly blanks: number;
}

/** Rows whose cells narrow the candidates down before the whole file is looked at. */
const glance = 500;
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
  const read: Read = async (parts, source) => {
    const sql = `SELECT ${parts.join(', ')} FROM ${source}`;
    return (await guard.step(() => connection.runAndReadAll(sql))).getRows();
  };
  const detected: DetectedColumn[] = [];
  for (let at = 0; at < ids.length; at += batch) {
    const some = ids.slice(at, at + batch);
    detected.push(...(await detectBatch(read, from, some, rungs)));
  }
  return detected;
}

/** Rows of a query over the staged text, as the engine gives them. */
type Read = (parts: readonly string[], from: string) => Promise<readonly (readonly unknown[])[]>;

/** A column whose type is not settled yet. */
interface Open {
  readonly id: string;
  readonly at: number;
  readonly candidates: readonly Rung[];
}

async function detectBatch(
  read: Read,
  from: string,
  ids: readonly string[],
  rungs: readonly Rung[],
): Promise<DetectedColumn[]> {
  const detected: DetectedColumn[] = ids.map(() => ({ type: 'VARCHAR', blanks: 0 }));
  let open = await glanceAt(read, from, ids, rungs);
  // Each pass tries the narrowest candidate of every open column; nearly always one pass is all.
  while (open.length > 0) {
    const found = await prove(read, from, open);
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

async function readCounts(read: Read, parts: readonly string[], from: string): Promise<number[]> {
  return parts.length === 0 ? [] : (await read(parts, from))[0]!.map(Number);
}

/** Rows where it is true. A FILTER for each of hundreds of counts is ten times slower in DuckDB than a CASE. */
function countWhere(condition: string): string {
  return `count(CASE WHEN ${condition} THEN 1 END)`;
}

/** The types that the first cells of each column look like; columns that can only be text are left out. */
async function glanceAt(read: Read, from: string, ids: readonly string[], rungs: readonly Rung[]): Promise<Open[]> {
  const rows = await read(ids, `${from} LIMIT ${glance}`);
  return ids
    .map((id, at) => {
      const cells = rows.map((row) => row[at]).filter((cell) => typeof cell === 'string' && !blank.test(cell));
      return { id, at, candidates: rungs.filter((rung) => cells.every((cell) => rung.looks.test(String(cell)))) };
    })
    .filter((column) => column.candidates.length > 0);
}

/** Looks at every cell; blanks are searched for only where cells do not fit, since that is dear. */
async function prove(
  read: Read,
  from: string,
  open: readonly Open[],
): Promise<{ values: number; fit: boolean; blanks: number }[]> {
  const parts = open.flatMap(({ id, candidates }) => [`count(${id})`, countWhere(candidates[0]!.fits(id))]);
  const counts = await readCounts(read, parts, from);
  const misfits = open.map((_, i) => counts[2 * i]! - counts[2 * i + 1]!);
  const doubtful = open.filter((_, i) => misfits[i]! > 0);
  const blanks = await readCounts(
    read,
    doubtful.map(({ id }) => countWhere(isBlank(id))),
    from,
  );
  return open.map((column, i) => {
    const blank = misfits[i] === 0 ? 0 : blanks[doubtful.indexOf(column)]!;
    return { values: counts[2 * i]! - blank, fit: misfits[i] === blank, blanks: blank };
  });
}
