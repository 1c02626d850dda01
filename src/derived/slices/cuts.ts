import type { Column } from '../../core/relation.js';
import type { Run } from '../../core/run.js';
import type { Study } from '../../core/study.js';
import type { SliceCut } from '../../dataset/sql/shapes/slice-counts.js';
import { timeSpan } from '../../dataset/sql/shapes/marks-by-time.js';
import { quantilesOf } from '../../dataset/sql/shapes/quantiles.js';
import { isNumeric, typeKind } from '../../dataset/sql/type-kinds.js';
import { distinctValues } from '../distinct-values.js';
import { sampledRows } from '../sampled-rows.js';

/** Columns beside time; pairs grow with the square. Of more, those with the fewest values come first. */
const mostColumns = 12;
/** Columns, in file order, among which those are looked for. */
const mostAsked = 200;
/** Values up to which a column is cut by value; numbers with more are cut at deciles. */
const mostValues = 100;
const deciles = 9;
const day = 86_400;
const mostStretches = 64;

/** How the rows are cut: time into days (at most 64 stretches), columns by value or at deciles. */
export function cutsOf(study: Study, run: Run): Promise<readonly SliceCut[]> {
  return run.memo(`slice-cuts ${study.train.name}`, async () => {
    const time = await timeCut(study, run);
    return [...(time === null ? [] : [time]), ...(await columnCuts(study, run))];
  });
}

async function timeCut({ train, roles }: Study, run: Run): Promise<SliceCut | null> {
  const column = roles.time;
  if (column === null || train.rows === 0) return null;
  const [span = {}] = await run.engine.rows(timeSpan(train, column, run.engine.dialect), 1, run);
  const seconds = Number(span['high'] ?? 0) - Number(span['low'] ?? 0);
  if (!(seconds > 0) || !Number.isFinite(seconds)) return null;
  const width = seconds >= 3 * day ? day * Math.ceil(seconds / day / mostStretches) : 3600;
  return { column, by: 'seconds', seconds: width };
}

async function columnCuts({ train, roles }: Study, run: Run): Promise<readonly SliceCut[]> {
  const columns = roles.features
    .map((f) => f.column)
    .filter(({ type }) => typeKind(type) !== 'other' && typeKind(type) !== 'time')
    .slice(0, mostAsked);
  if (columns.length === 0 || train.rows === 0) return [];
  const sample = await sampledRows(train, run);
  const able = (await valuesOf(columns))
    .filter(({ column, values }) => values > 1 && (values <= mostValues || isNumeric(column.type)))
    .toSorted((a, b) => a.values - b.values)
    .slice(0, mostColumns);
  const wide = able.filter(({ values }) => values > mostValues).map(({ column }) => column);
  const edges = await edgesOf(wide.map((c) => c.id));
  return able.map(({ column, values }) =>
    values <= mostValues ? { column, by: 'value' } : { column, by: 'edges', edges: edges.get(column.id) ?? [] },
  );

  /** Distinct values; what has too many in a sample is not counted further: of a quantity, millions would be held in memory. */
  async function valuesOf(all: readonly Column[]): Promise<readonly { column: Column; values: number }[]> {
    const seen = await distinctValues(sample, all, run);
    const few = all.filter((_, i) => seen[i]! <= mostValues);
    const counts = sample === train ? [] : await distinctValues(train, few, run);
    return all.map((column, i) => ({ column, values: counts[few.indexOf(column)] ?? seen[i]! }));
  }

  async function edgesOf(ids: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>> {
    if (ids.length === 0) return new Map();
    const at = Array.from({ length: deciles }, (_, i) => (i + 1) / (deciles + 1));
    const [row = {}] = await run.engine.rows(quantilesOf(sample, wide, at, run.engine.dialect), 1, run);
    return new Map(
      wide.map(({ id }, i) => {
        const all = at.map((_, j) => Number(row[`q${i}_${j}`] ?? Number.NaN)).filter((q) => Number.isFinite(q));
        return [id, [...new Set(all)]];
      }),
    );
  }
}

/** A part of a cut in words: `source = 3`, `amount from 2.5 to 4`, `time = 2026-01-06`. */
export function partText(cut: SliceCut, part: string | null): string {
  const { name } = cut.column;
  if (part === null) return `${name} = nothing`;
  if (cut.by === 'value') return `${name} = ${part}`;
  if (cut.by === 'seconds') {
    const start = new Date(Number(part) * cut.seconds * 1000).toISOString();
    return `${name} = ${cut.seconds % day === 0 ? start.slice(0, 10) : start.slice(0, 16)}`;
  }
  const [low, high] = [cut.edges[Number(part) - 1], cut.edges[Number(part)]];
  if (low === undefined) return `${name} below ${String(high)}`;
  return high === undefined ? `${name} from ${low}` : `${name} from ${low} to ${high}`;
}
