import type { Finding } from '../../../src/core/evidence.js';
import type { Relation } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Pair } from '../../../src/dataset/sql/shapes/column-agreement.js';
import type { SampledColumn } from './sample.js';
import { sampleCorrelation } from 'simple-statistics';
import { correlations } from '../../../src/dataset/sql/shapes/column-agreement.js';
import { isNumeric } from '../../../src/dataset/sql/type-kinds.js';

/** Pairs grow with the square: so many columns, in file order, are compared, over so many rows of the sample. */
const mostColumns = 200;
const comparedRows = 2_000;
/** Below the option by this much, a sample still sends a pair to all rows. */
const slack = 0.01;
/** Fewer rows in which both are given tell nothing. */
const fewestRows = 50;

/** Pairs of numeric columns that are the same up to scale, each later one with the first it follows. */
export async function correlated(
  relation: Relation,
  sample: readonly SampledColumn[],
  least: number,
  run: Run,
): Promise<readonly Finding[]> {
  const numeric = sample.filter(({ column }) => isNumeric(column.type));
  const compared = numeric.slice(0, mostColumns).map(({ column, cells }) => ({
    column,
    values: cells.slice(0, comparedRows).map((cell) => (cell === null ? Number.NaN : Number(cell))),
  }));
  const pairs = compared.flatMap(({ column, values }, i): Pair[] =>
    compared
      .slice(0, i)
      .filter((other) => Math.abs(correlationOf(other.values, values)) >= least - slack)
      .map((other) => ({ first: other.column, second: column })),
  );
  const left = numeric.length - compared.length;
  const cut: Finding[] =
    left === 0
      ? []
      : [{ code: 'constants.not-compared', severity: 'note', args: { columns: left, compared: mostColumns } }];
  return [...(await onAllRows(relation, pairs, least, run)), ...cut];
}

async function onAllRows(
  relation: Relation,
  pairs: readonly Pair[],
  least: number,
  run: Run,
): Promise<readonly Finding[]> {
  if (pairs.length === 0) return [];
  const [row = {}] = await run.engine.rows(correlations(relation, pairs), 1, run);
  const named = new Set<string>();
  return pairs.flatMap(({ first, second }, i): Finding[] => {
    const r = Number(row[`r${i}`] ?? Number.NaN);
    if (!(Math.abs(r) >= least) || named.has(second.name)) return [];
    named.add(second.name);
    const args = { column: second.name, other: first.name, r: Number(r.toFixed(6)) };
    return [{ code: 'constants.correlated', severity: 'note', args }];
  });
}

function correlationOf(a: readonly number[], b: readonly number[]): number {
  const both = a.flatMap((x, i) => (Number.isFinite(x) && Number.isFinite(b[i]!) ? [i] : []));
  if (both.length < fewestRows) return 0;
  const r = sampleCorrelation(
    both.map((i) => a[i]!),
    both.map((i) => b[i]!),
  );
  return Number.isFinite(r) ? r : 0;
}
