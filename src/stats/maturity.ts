import { isotonic } from './isotonic.js';

/** Labelled rows and positives of one day of age. */
export interface Age {
  readonly age: number;
  readonly rows: number;
  readonly positives: number;
}

/** What tells an immature tail. */
export type MaturityRule = {
  /** Youngest days that are compared with the others. */
  readonly tailDays: number;
  /** Age in days from which labels count as complete. */
  readonly matureDays: number;
  /** Completeness below which an age belongs to the immature tail. */
  readonly complete: number;
  /** How many standard errors the tail must lie below. */
  readonly z: number;
};

export const usualMaturity: MaturityRule = { tailDays: 2, matureDays: 7, complete: 0.95, z: 3 };

/** How complete labels are by age. */
export interface Maturity {
  /** Share of positives among rows old enough. */
  readonly matureRate: number;
  readonly tailRate: number;
  /** z of the tail against mature rows, and against the rows of the days between: negative where labels are missing. */
  readonly z: number;
  readonly zNear: number;
  /** Share of the labels to come that has arrived, by age in days from 0, in [0, 1]; never falls with age. */
  readonly completeness: readonly number[];
  /** Youngest days whose completeness is below that of the rule; 0 where none is. */
  readonly tail: number;
}

/** Mature days without which the variance between days is unknown. */
const minMatureDays = 4;
const minPositives = 20;

/**
 * Completeness(age) = rate(age) / mature rate (Chapelle 2014), made monotone. The variance is that between mature days,
 * so that moods of the day are no delay. Null where the file is too short or has too few positives to tell.
 */
export function maturityOf(ages: readonly Age[], rule: MaturityRule): Maturity | null {
  const { tailDays, matureDays, complete } = rule;
  const mature = ages.filter(({ age }) => age >= matureDays);
  const young = ages.filter(({ age }) => age < matureDays);
  const [old, tail] = [pooled(mature), pooled(young.filter(({ age }) => age < tailDays))];
  const near = pooled(young.filter(({ age }) => age >= tailDays));
  if (mature.length < minMatureDays || old.positives < minPositives || tail.rows === 0) return null;
  const rate = old.positives / old.rows;
  if (rate >= 1) return null;
  const variance = rate * (1 - rate) * dispersion(mature, rate);
  const z = (a: Pooled, b: Pooled): number =>
    a.rows === 0 || b.rows === 0 || variance === 0
      ? 0
      : (a.positives / a.rows - b.positives / b.rows) / Math.sqrt(variance * (1 / a.rows + 1 / b.rows));
  const completeness = curveOf(young, rate, matureDays);
  return {
    matureRate: rate,
    tailRate: tail.positives / tail.rows,
    z: z(tail, old),
    zNear: z(tail, near),
    completeness,
    tail: completeness.filter((c) => c < complete).length,
  };
}

/** Both neighbours must be higher: a rate that fell days ago and stayed is no delay. */
export function isDelayed(maturity: Maturity, { z }: MaturityRule): boolean {
  return maturity.z < -z && maturity.zNear < -z && maturity.tail > 0;
}

interface Pooled {
  readonly rows: number;
  readonly positives: number;
}

function pooled(ages: readonly Age[]): Pooled {
  const sum = (of: (age: Age) => number): number => ages.reduce((total, age) => total + of(age), 0);
  return { rows: sum((a) => a.rows), positives: sum((a) => a.positives) };
}

/** Variance between days over the binomial one, at least 1. */
function dispersion(days: readonly Age[], rate: number): number {
  const chi = days.reduce((sum, d) => sum + (d.positives - d.rows * rate) ** 2 / (d.rows * rate * (1 - rate)), 0);
  return Math.max(1, chi / (days.length - 1));
}

/** An age without rows takes the completeness of the next older one. */
function curveOf(young: readonly Age[], rate: number, days: number): readonly number[] {
  const fitted = isotonic(
    young.map((a) => Math.min(1, a.positives / a.rows / rate)),
    young.map((a) => a.rows),
  );
  return Array.from({ length: days }, (_, day) => {
    const at = young.findIndex(({ age }) => age >= day);
    return at === -1 ? 1 : fitted[at]!;
  });
}
