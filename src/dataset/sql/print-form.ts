import type { TypeName } from '../../core/plan.js';
import { duckDbDialect } from './dialect-duckdb.js';

/**
 * How the values of a column are printed so that nearly all cells of a text file come back as they were: `plain` (as
 * the engine prints), `whole` (no `.0` behind whole numbers), `fixed-N` (N decimals), `json`, or the pattern of a moment.
 */
export type PrintForm = string;

/** SQL that prints `value`, of type `type`; null stays null. */
export function printed(value: string, type: TypeName, form: PrintForm): string {
  const plain = `CAST(${value} AS VARCHAR)`;
  if (form === 'plain') return plain;
  if (form === 'json') return `CAST(to_json(${value}) AS VARCHAR)`;
  if (form === 'whole') return `regexp_replace(${plain}, '[.]0$', '')`;
  const fixed = /^fixed-(\d+)$/.exec(form);
  if (fixed !== null) return `printf('%.${fixed[1]}f', ${value})`;
  return `strftime(${type === 'TIMESTAMPTZ' ? `CAST(${value} AS TIMESTAMP)` : value}, ${duckDbDialect.text(form)})`;
}

/** The form that the first cells of a column speak for. A wrong one costs entries of the log, never a text. */
export function printFormOf(type: TypeName, cells: readonly string[]): PrintForm {
  if (type.endsWith('[]')) return 'json';
  if (type === 'DOUBLE') return numberForm(cells);
  return type === 'TIMESTAMP' || type === 'TIMESTAMPTZ' ? momentForm(cells) : 'plain';
}

function numberForm(cells: readonly string[]): PrintForm {
  if (cells.some((cell) => /^-?\d+$/.test(cell))) return 'whole';
  const decimals = mostOf(cells.map((cell) => /^-?\d+[.](\d{1,15})$/.exec(cell)?.[1]?.length ?? 0)) ?? 0;
  const padded = cells.some((cell) => cell.endsWith('0') && cell.length - cell.indexOf('.') - 1 === decimals);
  return decimals > 0 && padded ? `fixed-${decimals}` : 'plain';
}

/** The value that comes most often, the first of equals; undefined where there is none. */
function mostOf<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0];
}

const moment = /^\d{4}-\d{2}-\d{2}(?:([ T])\d{2}:\d{2}(:\d{2}(?:[.](\d+))?)?(.*))?$/;

/** The pattern of most cells. Zones other than UTC are printed in UTC, which the log then corrects. */
function momentForm(cells: readonly string[]): PrintForm {
  return mostOf(cells.map(momentPattern)) ?? 'plain';
}

function momentPattern(cell: string): PrintForm {
  const [, separator, seconds, fraction, zone = ''] = moment.exec(cell) ?? [];
  if (separator === undefined) return '%Y-%m-%d';
  const parts = { 0: '', 3: '.%g', 6: '.%f' }[fraction?.length ?? 0];
  // Fractions of other lengths are printed by the engine, which drops zeros at the end.
  if (parts === undefined) return 'plain';
  return `%Y-%m-%d${separator}%H:%M${seconds === undefined ? '' : ':%S'}${parts}${zone}`;
}
