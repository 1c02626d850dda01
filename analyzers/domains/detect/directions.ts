import type { Column, Relation } from '../../../src/core/relation.js';
import type { Roles } from '../../../src/core/study.js';
import type { Run } from '../../../src/core/run.js';
import type { Domains } from '../../../src/derived/domains.js';
import { domainScores } from '../../../src/dataset/sql/shapes/domain-rows.js';
import { aucInfluence } from '../../../src/stats/auc.js';
import { clusterVariance, renumberUnits, sumByUnit } from '../../../src/stats/cluster.js';
import { benjaminiHochberg } from '../../../src/stats/correction.js';
import { normalCdf, normalQuantile } from '../../../src/stats/distributions.js';

/** An AUC with its 95% limits. */
export interface Direction {
  readonly auc: number;
  readonly low: number;
  readonly high: number;
}

/** A number that ranks the label one way in a domain and the other way in the others. */
export interface Reversed {
  readonly column: Column;
  /** Place of the domain. */
  readonly domain: number;
  readonly own: Direction;
  readonly others: Direction;
  /** Benjamini-Hochberg over all columns and domains. */
  readonly p: number;
}

interface Estimate {
  readonly value: number;
  readonly variance: number;
}

/** Columns that share a scan of the sample. */
const chunk = 32;
/** With fewer rows of either class an AUC is a guess. */
const leastOfClass = 20;

/**
 * Numbers whose AUC alone lies on one side of .5 in a domain and on the other side in the others, both beyond `direction`.
 * The others are the mean over domains, each weighted by its precision: pooled rows would mix how domains differ in rate
 * with how the number ranks within each. p is the larger of the two one-sided ones: both sides must be shown (Berger 1982,
 * Multiparameter hypothesis testing and acceptance sampling).
 */
export async function reversedColumns(
  sample: Relation,
  { column: by, known }: Domains,
  { label, user, group }: Roles,
  columns: readonly Column[],
  { q, direction }: { readonly q: number; readonly direction: number },
  run: Run,
): Promise<readonly Reversed[]> {
  if (label === null) return [];
  const tried: Reversed[] = [];
  for (let at = 0; at < columns.length; at += chunk) {
    const some = columns.slice(at, at + chunk);
    const query = domainScores(sample, by, user ?? group, label, some, run.engine.dialect);
    const cells = await cellsOf(query, known, some.length, run);
    some.forEach((column, i) => {
      const estimates = cells.map((domain) => aucOf(domain, i));
      tried.push(...known.flatMap((_, d) => compared(column, d, estimates) ?? []));
    });
    run.signal.throwIfAborted();
  }
  const adjusted = benjaminiHochberg(tried.map(({ p }) => p));
  const found = tried
    .map((one, i) => ({ ...one, p: adjusted[i]! }))
    .filter(({ p, own, others }) => p <= q && Math.min(away(own), away(others)) >= direction);
  return columns.flatMap((column) =>
    minority(
      found.filter((one) => one.column.id === column.id),
      known,
    ),
  );
}

function away({ auc }: Direction): number {
  return Math.abs(auc - 0.5);
}

/** Rows of one domain. */
interface Cells {
  readonly unit: number[];
  readonly label: number[];
  readonly values: readonly number[][];
}

async function cellsOf(
  query: ReturnType<typeof domainScores>,
  known: Domains['known'],
  columns: number,
  run: Run,
): Promise<readonly Cells[]> {
  const empty = (): Cells => ({ unit: [], label: [], values: Array.from({ length: columns }, () => []) });
  const cells = known.map(empty);
  const place = new Map(known.map(({ value }, i) => [value, i]));
  const units = new Map<unknown, number>();
  for await (const batch of run.engine.batches(query, run)) {
    const [domain, unit, label, ...values] = batch.columns;
    for (let r = 0; r < batch.rows; r++) {
      const own = cells[place.get(String(domain!.values[r])) ?? -1];
      if (own === undefined) continue;
      const number = units.get(unit!.values[r]) ?? units.size;
      units.set(unit!.values[r], number);
      own.unit.push(number);
      own.label.push(Number(label!.values[r]));
      values.forEach(({ values: all, valid }, i) =>
        own.values[i]!.push(valid === null || valid[r] === 1 ? Number(all[r]) : Number.NaN),
      );
    }
  }
  return cells;
}

/** AUC over the rows that hold a value, users as units; null with too few of a class. */
function aucOf({ unit, label, values }: Cells, column: number): Estimate | null {
  const own = values[column]!;
  const held = [...own.keys()].filter((i) => !Number.isNaN(own[i]));
  const y = held.map((i) => label[i]!);
  const positives = y.reduce((sum, one) => sum + one, 0);
  if (Math.min(positives, y.length - positives) < leastOfClass) return null;
  const { value, influence } = aucInfluence(
    held.map((i) => own[i]!),
    y,
  );
  const units = renumberUnits(held.map((i) => unit[i]!));
  const { variance } = clusterVariance(sumByUnit(influence, units.unit, units.units));
  return variance > 0 ? { value, variance } : null;
}

function compared(column: Column, domain: number, estimates: readonly (Estimate | null)[]): Reversed | null {
  const own = estimates[domain] ?? null;
  const rest = estimates.filter((estimate, i): estimate is Estimate => estimate !== null && i !== domain);
  if (own === null || rest.length === 0) return null;
  const precision = rest.reduce((sum, { variance }) => sum + 1 / variance, 0);
  const value = rest.reduce((sum, one) => sum + one.value / one.variance, 0) / precision;
  const others = { value, variance: 1 / precision };
  const sign = Math.sign(value - 0.5);
  const tail = ({ value: auc, variance }: Estimate, side: number): number =>
    normalCdf((-side * (auc - 0.5)) / Math.sqrt(variance));
  const p = sign === 0 ? 1 : Math.max(tail(own, -sign), tail(others, sign));
  return { column, domain, own: limits(own), others: limits(others), p };
}

function limits({ value, variance }: Estimate): Direction {
  const half = normalQuantile(0.975) * Math.sqrt(variance);
  return { auc: value, low: Math.max(0, value - half), high: Math.min(1, value + half) };
}

/** The smaller domains first, as long as they hold no more than half of the rows: the larger part is what a number means. */
function minority(found: readonly Reversed[], known: Domains['known']): readonly Reversed[] {
  const half = known.reduce((sum, { rows }) => sum + rows, 0) / 2;
  let rows = 0;
  const odd: Reversed[] = [];
  for (const one of found.toSorted((a, b) => known[a.domain]!.rows - known[b.domain]!.rows || b.domain - a.domain)) {
    rows += known[one.domain]!.rows;
    if (rows > half) break;
    odd.push(one);
  }
  return odd;
}
