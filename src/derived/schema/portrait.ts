import type { Batch } from '../../core/engine.js';
import type { Column } from '../../core/relation.js';
import type { Run } from '../../core/run.js';
import type { Sides } from '../../dataset/sql/shapes/sides.js';
import type { Level, Portrait } from './schema.js';
import { isMeasured, portraitSample } from '../../dataset/sql/shapes/portrait-sample.js';
import { typeKind } from '../../dataset/sql/type-kinds.js';
import { portraitRows, quantileCount } from './schema.js';
import { isPersonal } from '../personal-text.js';
import { textShape } from '../text-shape.js';

/** Columns that share a scan: what bounds memory on a wide table. */
const chunk = 32;
/** Values are kept one by one up to this many; beyond it, their shapes alone. */
const mostLevels = 200;
const topShapes = 8;
/** Numbers of no more different values than this are codes as much as numbers. */
const mostCodes = 50;

/** Portraits of columns on one side, from a sample of up to {@link portraitRows} rows. `rows`: of that side. */
export async function portraits(
  sides: Sides,
  side: 'reference' | 'current',
  columns: readonly Column[],
  rows: number,
  run: Run,
): Promise<readonly Portrait[]> {
  const drawn: Portrait[] = [];
  for (let from = 0; from < columns.length; from += chunk) {
    const some = columns.slice(from, from + chunk);
    const query = portraitSample(sides, side, some, rows, portraitRows, run.engine.dialect);
    const batches: Batch[] = [];
    for await (const batch of run.engine.batches(query, run)) batches.push(batch);
    drawn.push(
      ...some.map((column, i) => (isMeasured(column) ? measured(column, batches, i) : told(column, batches, i))),
    );
  }
  return drawn;
}

/** A column of numbers, moments or lists. */
function measured(column: Column, batches: readonly Batch[], at: number): Portrait {
  const cells = batches.reduce((sum, batch) => sum + batch.rows, 0);
  const values = new Float64Array(cells);
  let held = 0;
  for (const { rows, columns } of batches) {
    const { values: numbers, valid } = columns[at]!;
    for (let row = 0; row < rows; row++) {
      if ((valid === null || valid[row] === 1) && Number.isFinite(numbers[row])) values[held++] = Number(numbers[row]);
    }
  }
  const sorted = values.subarray(0, held).sort();
  const counts = runs(sorted);
  const kind = typeKind(column.type);
  const isCode = kind === 'integer' && counts.size <= mostCodes;
  return {
    nulls: share(cells - held, cells),
    distinct: counts.size,
    ...(held === 0 ? {} : { quantiles: quantilesOf(sorted) }),
    ...(isCode && held > 0 ? { levels: mostFrequent(counts, held, mostCodes) } : {}),
  };
}

/** A column of text, or of anything else as text. Values that look personal are told by their shape alone. */
function told(column: Column, batches: readonly Batch[], at: number): Portrait {
  const counts = new Map<string, number>();
  const shapes = new Map<string, number>();
  let [cells, held] = [0, 0];
  for (const { rows, columns } of batches) {
    const { values, valid } = columns[at]!;
    cells += rows;
    for (let row = 0; row < rows; row++) {
      const value = values[row];
      if (typeof value !== 'string' || valid?.[row] === 0) continue;
      held++;
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  for (const [value, n] of counts) {
    const shape = textShape(value.slice(0, 64));
    shapes.set(shape, (shapes.get(shape) ?? 0) + n);
  }
  const isListed = held > 0 && counts.size <= mostLevels && !isPersonal(column.name, [...counts.keys()]);
  return {
    nulls: share(cells - held, cells),
    distinct: counts.size,
    ...(isListed ? { levels: mostFrequent(counts, held, mostLevels) } : {}),
    ...(held > 0 ? { shapes: mostFrequent(shapes, held, topShapes) } : {}),
  };
}

/** Counts of equal neighbours, by their text. */
function runs(sorted: Float64Array): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  let from = 0;
  for (let i = 1; i <= sorted.length; i++) {
    if (i < sorted.length && sorted[i] === sorted[from]) continue;
    counts.set(String(sorted[from]! + 0), i - from);
    from = i;
  }
  return counts;
}

function mostFrequent(counts: ReadonlyMap<string, number>, held: number, most: number): readonly Level[] {
  return [...counts]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([value, n]) => [value, share(n, held)]);
}

/** Values at even steps; digits beyond the ninth are left out. */
function quantilesOf(sorted: Float64Array): readonly number[] {
  return Array.from({ length: quantileCount }, (_, i) => {
    const place = (i / (quantileCount - 1)) * (sorted.length - 1);
    return Number(sorted[Math.round(place)]!.toPrecision(9));
  });
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Number((part / whole).toPrecision(6));
}
