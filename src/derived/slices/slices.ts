import type { Outcome } from '../../core/evidence.js';
import type { Query } from '../../core/engine.js';
import type { Slice } from '../../core/slice.js';
import type { Run } from '../../core/run.js';
import type { Study } from '../../core/study.js';
import {
  flaggedMarks,
  sampledMarks,
  slicedRows,
  sliceCounts,
  type SliceCut,
  type SlicePart,
} from '../../dataset/sql/shapes/slice-counts.js';
import { tableName } from '../../dataset/sql/table-name.js';
import { benjaminiHochberg } from '../../stats/correction.js';
import { skewedTail } from '../../stats/distributions.js';
import { compared, skewnessOf } from './compared.js';
import { cutsOf, partText } from './cuts.js';

/** Slices below these say too little: rows, marks (as many equal ones as weigh the same, Kish 1965), and lift of flags. */
const least = { rows: 30, marks: 5, lift: 2 } as const;
/** Of the corrected p values. */
const level = 0.001;
/** Rows looked at, and slices told of one kind of mark: each takes a scan of all pairs of cuts. */
const mostRows = 100_000;
const mostSlices = 3;
const mostCells = 2_000_000;

/**
 * Where the rows that each detector flagged concentrate, by defect; of a defect with notes alone nothing is wrong with
 * its rows. Every slice of one cut and of two is tried; the one
 * with the largest z is kept, its rows are taken out, and the search goes on with what is left, so a slice that only
 * holds another one is not told again (Chung and others 2019, Slice Finder; Sagadeeva and Boehm 2021, SliceLine).
 */
export async function flaggedSlices(
  study: Study,
  outcomes: ReadonlyMap<string, Outcome>,
  run: Run,
): Promise<Readonly<Record<string, readonly Slice[]>>> {
  const found: Record<string, readonly Slice[]> = {};
  for (const [id, outcome] of outcomes) {
    if (outcome.outcome !== 'ok' || outcome.evidence.flagged === null) continue;
    if (outcome.evidence.findings.every(({ severity }) => severity === 'note')) continue;
    const slices = await slicesOf(study, id, flaggedMarks(outcome.evidence.flagged.relation), run);
    if (slices.length > 0) found[id] = slices;
  }
  return found;
}

/**
 * The slices of one mark; `marks` is `(k, y, e)`, y >= 0, e what was foretold of it, rows without one have 0. Slices in which
 * marks are furthest beyond what was foretold come first; `lift` is the least that is told, over what was foretold where
 * that is something, else over the other rows.
 */
export async function slicesOf(
  study: Study,
  name: string,
  marks: Query,
  run: Run,
  lift: number = least.lift,
): Promise<readonly Slice[]> {
  const cuts = await cutsOf(study, run);
  if (cuts.length === 0) return [];
  const { engine } = run;
  const [marked, rows] = ['slices_marks', 'slices_rows'].map((t) => tableName(t, name, study.train.name)) as [
    string,
    string,
  ];
  // Marks of the rows that are looked at, and no others: there may be one for every row of a long table.
  const looked = sampledMarks(marks, study.train.rows, mostRows);
  await engine.write(looked, { kind: 'table', name: marked }, run);
  await engine.write(
    slicedRows(study.train, marked, cuts, mostRows, engine.dialect),
    { kind: 'table', name: rows },
    run,
  );
  const found: (Slice & { readonly at: readonly SlicePart[] })[] = [];
  while (found.length < mostSlices) {
    const next = await strongest(
      rows,
      cuts,
      found.map((slice) => slice.at),
      lift,
      run,
    );
    if (next === null) break;
    found.push(next);
  }
  await engine.drop(marked, run);
  await engine.drop(rows, run);
  return found.map(({ at: _at, ...slice }) => slice);
}

async function strongest(
  table: string,
  cuts: readonly SliceCut[],
  without: readonly (readonly SlicePart[])[],
  lift: number,
  run: Run,
): Promise<(Slice & { readonly at: readonly SlicePart[] }) | null> {
  const sets = singlesAndPairs(cuts.length);
  const query = sliceCounts(table, sets, without, least.rows, run.engine.dialect);
  const counted = (await run.engine.rows(query, mostCells, run)).map((row) => ({
    at: (sets[Number(row['set'])] ?? []).map((cut, i): SlicePart => {
      const part = row[i === 0 ? 'a' : 'b'];
      return { cut, part: part === null || part === undefined ? null : String(part) };
    }),
    rows: Number(row['n']),
    sum: Number(row['x']),
    squares: Number(row['xx']),
    beyond: { rows: Number(row['n']), sum: Number(row['d']), squares: Number(row['dd']), cubes: Number(row['ddd']) },
  }));
  const all = counted.find((c) => c.at.length === 0);
  if (all === undefined || all.sum <= 0) return null;
  const tried = counted
    .filter((c) => c.at.length > 0 && c.rows < all.rows)
    .map((c) => {
      const against = compared(c, all);
      const foretold = c.sum - c.beyond.sum;
      const over = foretold > 0 ? c.sum / foretold : against.lift;
      return { ...c, ...against, lift: over, z: compared(c.beyond, all.beyond).z };
    });
  const skewness = skewnessOf(all.beyond);
  const p = benjaminiHochberg(tried.map(({ z, rows }) => (z > 0 ? skewedTail(z, skewness / Math.sqrt(rows)) : 1)));
  const [best] = tried
    .map((c, i) => ({ ...c, p: p[i]! }))
    .filter((c) => c.p < level && c.lift >= lift && c.sum ** 2 >= least.marks * c.squares)
    .toSorted((a, b) => b.z - a.z || a.at.length - b.at.length || a.rows - b.rows);
  if (best === undefined) return null;
  const parts = best.at.map(({ cut, part }) => ({ column: cuts[cut]!.column.name, part }));
  const slice = best.at.map(({ cut, part }) => partText(cuts[cut]!, part)).join(', ');
  const { rows, rate, low, high, at } = best;
  return { slice, parts, rows, rate, low, high, lift: best.lift, share: best.sum / all.sum, p: best.p, at };
}

function singlesAndPairs(cuts: number): readonly (readonly number[])[] {
  const all = Array.from({ length: cuts }, (_, i) => i);
  return [...all.map((i) => [i]), ...all.flatMap((a) => all.filter((b) => b > a).map((b) => [a, b]))];
}
