import type { Evidence, Json, Outcome } from '../core/evidence.js';
import { personalKinds } from '../core/personal-kinds.js';

/** What stands where a personal value stood. */
export const masked = '[masked]';
/** No text of a cell is longer than this in any output once some column is personal. */
const longest = 200;

/**
 * What keeps personal values out of outputs: the one place through which everything goes that people are shown of a
 * cell. It does nothing where no column is personal.
 */
export interface Masking {
  readonly columns: ReadonlySet<string>;
  /** Patterns of the kinds that were found. */
  readonly patterns: readonly string[];
  /** Arguments of a finding or row about `column`; texts of a personal column go, except names of columns. */
  args<T extends { readonly [name: string]: Json }>(args: T, column?: string | null): T;
  /** A text that may quote cells, of any column. */
  text(text: string): string;
  /** Every text inside a value, as {@link Masking.text}. */
  all<T>(value: T): T;
  /** A value of a column. */
  cell(column: string | null, value: string): string;
}

/** `known` are the names of all columns: they are no values. */
export function maskingOf(audit: ReadonlyMap<string, Outcome>, known: readonly string[]): Masking {
  const personal = [...audit.values()].flatMap((o) => (o.outcome === 'ok' ? (o.evidence.personal ?? []) : []));
  return createMasking(personal, known);
}

export function createMasking(personal: NonNullable<Evidence['personal']>, known: readonly string[]): Masking {
  const columns = new Set(personal.map((p) => p.column).filter((column) => column !== ''));
  const kinds = new Set(personal.flatMap((p) => p.kinds));
  const patterns = personalKinds.filter((kind) => kinds.has(kind.name)).map((kind) => kind.pattern);
  const searches = [...patterns.map((p) => new RegExp(p, 'g')), ...[...columns].map(valueOf)];
  const names = new Set(known);
  const off = personal.length === 0;
  const text = (given: string): string => {
    if (off || names.has(given)) return given;
    return searches.reduce(
      (t, search) => t.replace(search, (_, lead: unknown) => (typeof lead === 'string' ? lead + masked : masked)),
      given,
    );
  };
  const cell = (column: string | null, value: string): string =>
    column !== null && columns.has(column) ? masked : off ? value : cut(text(value));
  return {
    columns,
    patterns,
    text,
    cell,
    all: (value) => (off ? value : eachText(value, text)),
    args: (args, column) => {
      const personalToo = about(args, column, columns);
      return off ? args : eachText(args, (t) => (personalToo && !names.has(t) ? masked : cut(text(t))));
    },
  };
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** The same value with every text in it replaced; plain data only. */
function eachText<T>(value: T, replace: (text: string) => string): T {
  const inside = (v: unknown): unknown => {
    if (typeof v === 'string') return replace(v);
    if (Array.isArray(v)) return v.map(inside);
    return typeof v === 'object' && v !== null
      ? Object.fromEntries(Object.entries(v).map(([name, w]) => [name, inside(w)]))
      : v;
  };
  // Texts become texts and nothing else changes, so the shape is that of the value.
  return inside(value) as T;
}

/** Whether some argument, or the column of the row, names a personal column. */
function about(args: Json, column: string | null | undefined, columns: ReadonlySet<string>): boolean {
  const named = (value: Json): boolean =>
    typeof value === 'string'
      ? columns.has(value)
      : typeof value === 'object' && value !== null && Object.values(value).some((v: Json) => named(v));
  return (column != null && columns.has(column)) || named(args);
}

/** `name = value` as slices are written, up to the next part of the slice. */
function valueOf(column: string): RegExp {
  const name = column.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(${name} (?:=|is|in) )(?!\\[masked\\])[^,]+`, 'g');
}
