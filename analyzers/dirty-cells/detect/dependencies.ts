import type { Column } from '../../../src/core/relation.js';
import type { Determinant } from '../../../src/dataset/sql/shapes/dependency-votes.js';
import type { CodedColumn } from './coded-sample.js';
import { minGroup, slipRows, slipShare } from '../../../src/dataset/sql/shapes/dependency-votes.js';

/** A column with the columns that determine it but for a few rows, the closest first. */
export interface Dependency {
  readonly voted: Column;
  readonly by: readonly Determinant[];
}

/** A column of nearly as many values as rows determines everything. */
const keyLike = 0.7;
/** Half of the rows must lie in groups of two or more: a group of one proves nothing. */
const minRepeated = 0.5;
/** Guessing the voted column by its most frequent value must be wrong this often, or there is nothing to determine. */
const minVaried = 0.05;
/** And the determinant must leave at most this share of those errors. */
const mostLeft = 0.35;
/** Errors are spread over groups with a dispersion up to this, or up to three standard errors above 1. */
const mostDispersed = 1.25;
/** Groups with a second value of their own, for each group with slips alone: people who move house determine no town. */
const mostMixed = 0.5;
/** Voters of one column; further ones say the same again. */
const mostVoters = 8;

/**
 * Approximate dependencies A -> B with an error of at most `error` (g3 of Kivinen and Mannila 1995, inside groups of two rows
 * or more), where what contradicts them looks like errors.
 */
export function dependencies(
  columns: readonly CodedColumn[],
  votable: ReadonlySet<string>,
  error: number,
): readonly Dependency[] {
  const found = new Map<CodedColumn, Determinant[]>();
  const voted = columns.filter(({ column, codes }) => votable.has(column.id) && guessError(codes) > minVaried);
  for (const by of columns) {
    if (by.values < 2 || by.values > keyLike * by.codes.length) continue;
    const groups = groupsOf(by);
    if (groups.repeated < minRepeated * by.codes.length) continue;
    for (const target of voted) {
      if (target === by) continue;
      const e = errorsInside(groups, target);
      if (Math.max(e.all, e.rest) > Math.min(error, mostLeft * guessError(target.codes))) continue;
      if (!contradictedBySlips(groups, target)) continue;
      found.set(target, [...(found.get(target) ?? []), { column: by.column, error: e.all }]);
    }
  }
  return voted.flatMap((target) => {
    const by = found.get(target)?.toSorted((a, b) => a.error - b.error) ?? [];
    return by.length === 0 ? [] : [{ voted: target.column, by: by.slice(0, mostVoters) }];
  });
}

/** Rows ordered by the value of a column, in groups of two rows or more; nulls are in none. */
interface Groups {
  readonly order: Int32Array;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly repeated: number;
}

function groupsOf({ codes, values }: CodedColumn): Groups {
  const first = new Int32Array(values + 2);
  for (const code of codes) first[code + 1]!++;
  for (let v = 1; v < first.length; v++) first[v]! += first[v - 1]!;
  const next = first.slice();
  const order = new Int32Array(codes.length);
  codes.forEach((code, row) => (order[next[code]!++] = row));
  const starts: number[] = [];
  const ends: number[] = [];
  let repeated = 0;
  for (let v = 1; v <= values; v++) {
    const size = first[v + 1]! - first[v]!;
    if (size < 2) continue;
    starts.push(first[v]!);
    ends.push(first[v + 1]!);
    repeated += size;
  }
  return { order, starts, ends, repeated };
}

interface Errors {
  /** Share of the rows of the groups that do not hold the most frequent value of theirs. */
  readonly all: number;
  /** The same in groups other than those of the most frequent value: one large group proves nothing about the others. */
  readonly rest: number;
}

/** A null is a value like another. */
function errorsInside({ order, starts, ends, repeated }: Groups, { codes, values }: CodedColumn): Errors {
  const count = new Int32Array(values + 1);
  const usual = mostFrequent(codes);
  let agree = 0;
  let [restAgree, restRows] = [0, 0];
  starts.forEach((start, g) => {
    const end = ends[g]!;
    let [most, held] = [0, 0];
    for (let i = start; i < end; i++) {
      const code = codes[order[i]!]!;
      const n = ++count[code]!;
      if (n > most) [most, held] = [n, code];
    }
    agree += most;
    for (let i = start; i < end; i++) count[codes[order[i]!]!] = 0;
    if (held !== usual) [restAgree, restRows] = [restAgree + most, restRows + end - start];
  });
  return { all: 1 - agree / repeated, rest: restRows === 0 ? 0 : 1 - restAgree / restRows };
}

/**
 * Whether contradictions are errors, that fall on the rows of all groups alike, and not what tells groups apart, as schools are
 * by their pupils. A few groups may have a second value of their own (Portland lies in two states): the others then decide.
 */
function contradictedBySlips(groups: Groups, target: CodedColumn): boolean {
  const found = contradictionsOf(groups, target);
  if (!isUneven(found)) return true;
  const others = found.filter(({ isMixed }) => !isMixed);
  const mixed = found.length - others.length;
  return mixed <= mostMixed * others.filter(({ rows }) => rows > 0).length && !isUneven(others);
}

/** A group that may vote. */
interface Contradictions {
  readonly size: number;
  /** Rows that do not hold its most frequent value. */
  readonly rows: number;
  /** Whether another value is more than a slip in it. */
  readonly isMixed: boolean;
}

function contradictionsOf({ order, starts, ends }: Groups, { codes }: CodedColumn): readonly Contradictions[] {
  return starts.flatMap((start, g) => {
    const size = ends[g]! - start;
    if (size < minGroup) return [];
    const count = new Map<number, number>();
    for (let i = start; i < ends[g]!; i++) {
      const code = codes[order[i]!]!;
      count.set(code, (count.get(code) ?? 0) + 1);
    }
    const [[, most], ...others] = [...count].toSorted((a, b) => b[1] - a[1]) as [
      [number, number],
      ...[number, number][],
    ];
    const isMixed = others.some(([code, n]) => code !== 0 && n > Math.max(slipRows, slipShare * size));
    return [{ size, rows: size - most, isMixed }];
  });
}

/**
 * Whether the rows that contradict stray from one share of all groups further than a binomial does, by its index of dispersion
 * (Cochran 1954, Some methods for strengthening the common chi-square tests).
 */
function isUneven(groups: readonly Contradictions[]): boolean {
  const total = (of: (group: Contradictions) => number): number => groups.reduce((sum, group) => sum + of(group), 0);
  const share = total((group) => group.rows) / total((group) => group.size);
  if (!(share > 0)) return false;
  const one = share * (1 - share);
  const dispersion = total(({ size, rows }) => (rows - size * share) ** 2 / (size * one)) / groups.length;
  // Of a squared standardized binomial: its fourth moment less one.
  const variance = total(({ size }) => 2 + (1 - 6 * one) / (size * one));
  return dispersion > Math.max(mostDispersed, 1 + (3 * Math.sqrt(variance)) / groups.length);
}

function maxOf(counts: Int32Array): number {
  return counts.reduce((most, n) => Math.max(most, n), 0);
}

function mostFrequent(codes: Int32Array): number {
  const counts = countsOf(codes);
  return counts.indexOf(maxOf(counts));
}

function guessError(codes: Int32Array): number {
  return codes.length === 0 ? 0 : 1 - maxOf(countsOf(codes)) / codes.length;
}

function countsOf(codes: Int32Array): Int32Array {
  const counts = new Int32Array(maxOf(codes) + 1);
  for (const code of codes) counts[code]!++;
  return counts;
}
