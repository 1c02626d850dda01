import type { Column } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import { distinctIds, idGaps, idResidues, side } from '../../../src/dataset/sql/shapes/id-gaps.js';
import { tableName } from '../../../src/dataset/sql/table-name.js';
import { typeKind } from '../../../src/dataset/sql/type-kinds.js';

/** Whole numbers that an id column leaves out though it has nearly all numbers around them. */
export interface IdHole {
  readonly column: Column;
  /** How many numbers are left out. */
  readonly ids: number;
  /** First and last number left out; null where it is a class of a division. */
  readonly block: { readonly from: number; readonly to: number } | null;
  /** `id % by = residue` is left out. */
  readonly residue: { readonly by: number; readonly residue: number } | null;
}

const mostGaps = 20;
/** Numbers of which at least this share is present say something by their absence. */
const leastDensity = 0.3;
/** Shards people make, and the number all of them divide. */
const divisors = [4, 5, 8, 10, 16, 20, 32, 50, 64, 100] as const;
const common = 1600;
/** Distinct ids that a class must be expected to have. */
const leastInClass = 40;

/** Blocks and classes of ids that are missing from user, item and key columns of whole numbers. */
export async function idHoles({ train, roles }: Study, alpha: number, run: Run): Promise<readonly IdHole[]> {
  const columns = [roles.user, roles.item, ...roles.key].filter(
    (column, i, all): column is Column =>
      column !== null && typeKind(column.type) === 'integer' && all.findIndex((c) => c?.id === column.id) === i,
  );
  const found: IdHole[] = [];
  for (const column of columns) {
    const ids = tableName('ids', train.name, column.id);
    await run.engine.write(distinctIds(train, column), { kind: 'table', name: ids }, run);
    found.push(...(await holesIn(ids, column, alpha, run)));
    await run.engine.drop(ids, run);
  }
  return found;
}

async function holesIn(ids: string, column: Column, alpha: number, run: Run): Promise<readonly IdHole[]> {
  const rows = await run.engine.rows(idGaps(ids, mostGaps), mostGaps, run);
  const gaps = rows.map((row) => ({
    low: Number(row['low']),
    high: Number(row['high']),
    values: Number(row['values']),
    left: row['left'] === null ? null : Number(row['left']),
    right: row['right'] === null ? null : Number(row['right']),
  }));
  const blocks = gaps
    .filter((gap) => isBlock(gap, alpha))
    .map(({ low, high }) => ({ column, ids: high - low - 1, block: { from: low + 1, to: high - 1 }, residue: null }));
  if ((gaps[0]?.values ?? 0) < divisors[0] * leastInClass) return blocks;
  const residues = new Float64Array(common);
  for (const row of await run.engine.rows(idResidues(ids, common), common, run))
    residues[Number(row['residue'])] = Number(row['n']);
  return [...blocks, ...lostClasses(residues).map((lost) => ({ column, ids: lost.ids, block: null, residue: lost }))];
}

export interface IdGap {
  readonly low: number;
  readonly high: number;
  readonly values: number;
  readonly left: number | null;
  readonly right: number | null;
}

/** Whether a gap is longer than the thinner of its two sides explains: geometric lengths, corrected for all gaps. */
export function isBlock({ low, high, values, left, right }: IdGap, alpha: number): boolean {
  if (left === null || right === null) return false;
  const density = Math.min(1 - 1 / values, side / (Math.max(left, right) + 1));
  if (density < leastDensity) return false;
  return Math.log(values) + (high - low - 1) * Math.log1p(-density) < Math.log(alpha);
}

/** Classes of a division that have hardly an id though the others are full; of the smallest divisor that shows them. */
export function lostClasses(residues: Float64Array): readonly { by: number; residue: number; ids: number }[] {
  for (const by of divisors) {
    const classes = new Float64Array(by);
    residues.forEach((n, residue) => {
      classes[residue % by]! += n;
    });
    const usual = [...classes].sort((a, b) => a - b)[by >> 1]!;
    if (usual < leastInClass) return [];
    // Ids come in classes of equal size, so half of the usual is many standard errors away.
    const lost = [...classes.keys()].filter((c) => classes[c]! < 0.1 * usual);
    if (lost.length > 0 && lost.length <= by / 4)
      return lost.map((residue) => ({ by, residue, ids: Math.round(usual - classes[residue]!) }));
  }
  return [];
}
