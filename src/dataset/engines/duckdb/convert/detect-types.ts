import type { DuckDBConnection } from '@duckdb/node-api';
import type { TypeName } from '../../../../core/plan.js';
import type { Guard } from '../guard.js';
import type { Rung } from './typing.js';
import { isBlank, ladder } from './typing.js';

export interface DetectedColumn {
  readonly type: TypeName;
  /** Cells that hold only blanks in a column of another type than text. */
  readonly blanks: number;
}

/** Rows whose cells narrow the candidates down before the whole file is looked at. */
const glance = 10_000;
/** Columns looked at in one query. */
const batch = 100;

/** Types of text columns over all rows of `from`: candidates by the first rows, then proven on every cell. */
export async function detectTypes(
  connection: DuckDBConnection,
  guard: Guard,
  from: string,
  ids: readonly string[],
  rungs: readonly Rung[] = ladder,
): Promise<DetectedColumn[]> {
  const detected: DetectedColumn[] = [];
  for (let at = 0; at < ids.length; at += batch) {
    detected.push(...(await detectBatch(connection, guard, from, ids.slice(at, at + batch), rungs)));
  }
  return detected;
}

async function detectBatch(
  connection: DuckDBConnection,
  guard: Guard,
  from: string,
  ids: readonly string[],
  rungs: readonly Rung[],
): Promise<DetectedColumn[]> {
  const count = (source: string, open: readonly (readonly Rung[])[]): Promise<Counts[]> =>
    counts(connection, guard, source, ids, open);
  const first = await count(
    `(FROM ${from} LIMIT ${glance})`,
    ids.map(() => rungs),
  );
  let open = first.map(({ misfits }) => rungs.filter((_, i) => misfits[i] === 0));
  const detected: DetectedColumn[] = ids.map(() => ({ type: 'VARCHAR', blanks: 0 }));
  // Each pass settles the narrowest candidate of every column; nearly always one pass is all.
  while (open.some((candidates) => candidates.length > 0)) {
    const whole = await count(
      from,
      open.map((candidates) => candidates.slice(0, 1)),
    );
    open = open.map((candidates, c) => {
      const { cells, blanks, misfits } = whole[c]!;
      if (candidates.length === 0 || cells === blanks) return [];
      if (misfits[0] !== 0) return candidates.slice(1);
      detected[c] = { type: candidates[0]!.type, blanks };
      return [];
    });
  }
  return detected;
}

interface Counts {
  /** Cells that are not null. */
  readonly cells: number;
  readonly blanks: number;
  /** For each candidate, cells that it does not fit, blanks apart. */
  readonly misfits: readonly number[];
}

async function counts(
  connection: DuckDBConnection,
  guard: Guard,
  from: string,
  ids: readonly string[],
  candidates: readonly (readonly Rung[])[],
): Promise<Counts[]> {
  const parts = ids.flatMap((id, c) =>
    candidates[c]!.length === 0
      ? []
      : [
          `count(${id})`,
          `count(*) FILTER (WHERE ${isBlank(id)})`,
          ...candidates[c]!.map(
            (rung) => `count(*) FILTER (WHERE NOT coalesce(${rung.fits(id)}, false) AND NOT ${isBlank(id)})`,
          ),
        ],
  );
  const reader = await guard.step(() => connection.runAndReadAll(`SELECT ${parts.join(', ') || '0'} FROM ${from}`));
  const values = (reader.getRows()[0] ?? []).map(Number);
  let at = 0;
  return candidates.map((rungs) => {
    if (rungs.length === 0) return { cells: 0, blanks: 0, misfits: [] };
    const own = values.slice(at, (at += rungs.length + 2));
    return { cells: own[0]!, blanks: own[1]!, misfits: own.slice(2) };
  });
}
