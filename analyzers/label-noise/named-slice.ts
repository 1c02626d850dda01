import type { Evidence, Finding, Json } from '../../src/core/evidence.js';
import type { Relation } from '../../src/core/relation.js';
import type { Roles } from '../../src/core/study.js';
import type { Slice } from '../../src/dataset/sql/shapes/hot-cells.js';
import { columnNamed } from '../../src/core/relation.js';

/** A slice in names and plain values, as findings and options carry it. */
export interface NamedSlice {
  readonly [name: string]: Json;
  readonly column: string;
  /** The value as text; null for rows without one. */
  readonly value: string | null;
  /** A second column where the slice is a pair of values, else null. */
  readonly column2: string | null;
  readonly value2: string | null;
  /** Seconds since 1970, from inclusive, to exclusive; both null without time. */
  readonly from: number | null;
  readonly to: number | null;
}

export function nameSlice(slice: Slice): NamedSlice {
  const [first, second] = slice.values;
  return {
    column: first!.column.name,
    value: first!.value,
    column2: second?.column.name ?? null,
    value2: second?.value ?? null,
    from: slice.time?.from ?? null,
    to: slice.time?.to ?? null,
  };
}

/** The slice behind its names; null where a column or the time role is not there. */
export function resolveSlice(named: NamedSlice, relation: Relation, roles: Roles): Slice | null {
  const column = columnNamed(relation, named.column);
  const second = named.column2 === null ? null : columnNamed(relation, named.column2);
  if (column === undefined || second === undefined) return null;
  const values = [
    { column, value: named.value },
    ...(second === null ? [] : [{ column: second, value: named.value2 }]),
  ];
  if (named.from === null || named.to === null) return { values, time: null };
  return roles.time === null ? null : { values, time: { column: roles.time, from: named.from, to: named.to } };
}

/** Days of a slice in words: `from 2026-01-11 to 2026-01-17`, the end exclusive; plain numbers for plain numbers. */
export function stretch(from: number, to: number): string {
  const dated = from > 200_000_000;
  const whole = from % 86_400 === 0 && to % 86_400 === 0;
  const text = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, whole ? 10 : 16);
  if (!dated) return `from ${from} up to ${to}`;
  if (!whole) return `from ${text(from)} up to ${text(to)}`;
  const last = text(to - 86_400);
  return last === text(from) ? `on ${last}` : `from ${text(from)} to ${last}`;
}

/** The slice in words: `source = 3 from 2026-01-11 to 2026-01-16`. */
export function sliceWords(named: NamedSlice): string {
  const second = named.column2 === null ? '' : ` and ${valueWords(named.column2, named.value2)}`;
  const time = named.from === null || named.to === null ? '' : ` ${stretch(named.from, named.to)}`;
  return `${valueWords(named.column, named.value)}${second}${time}`;
}

function valueWords(column: string, value: string | null): string {
  return `${column} ${value === null ? 'missing' : `= ${value}`}`;
}

/** Several slices in words, the first two by name. */
export function nameOfSlices(slices: readonly NamedSlice[]): string {
  const named = slices.slice(0, 2).map(sliceWords).join(', and of ');
  return slices.length > 2 ? `${named}, and of ${slices.length - 2} more slices` : named;
}

/** The hot slices of evidence, worst first. */
export function slicesIn(evidence: Evidence): readonly NamedSlice[] {
  return evidence.findings.filter(({ code }) => code === 'label-noise.hot-slice').map(({ args }) => sliceInArgs(args));
}

/** The slice in the arguments of a finding. */
export function sliceInArgs(args: Finding['args']): NamedSlice {
  const { column, value, column2, value2, from, to } = args;
  return {
    column: textOrNull(column) ?? '',
    value: textOrNull(value),
    column2: textOrNull(column2),
    value2: textOrNull(value2),
    from: numberOrNull(from),
    to: numberOrNull(to),
  };
}

function textOrNull(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function numberOrNull(value: Json | undefined): number | null {
  return typeof value === 'number' ? value : null;
}
