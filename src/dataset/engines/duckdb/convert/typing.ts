import type { TypeName } from '../../../../core/plan.js';
import { duckDbDialect } from '../../../sql/dialect-duckdb.js';

/**
 * The type of a text column is the narrowest one that reads every cell of the whole file without a loss; one cell
 * that does not fit keeps the column text. Cells that hold only blanks do not count: in a column of another type
 * they become null and are counted as `blanks`, in a text column they stay what they are.
 */
export interface Rung {
  readonly type: TypeName;
  /** What every cell of this type looks like; more may look so. Tells at a glance which types are out. */
  readonly looks: RegExp;
  /** SQL that is true where the text `x` can be read as this type. */
  fits(x: string): string;
}

/** No leading zero (postcodes, account numbers) and no integer beyond 15 digits (ids), which a double would change. */
const decimal =
  ' *([+-]?((0|[1-9][0-9]{0,14})|(0|[1-9][0-9]*)?[.][0-9]+|(0|[1-9][0-9]*)[.])([eE][+-]?[0-9]{1,3})?|NaN|nan|[+-]?([Ii]nf|[Ii]nfinity)) *';
const day = '[0-9]{4}-[0-9]{2}-[0-9]{2}';
const clock = '[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?';
const zone = ' ?(Z|UTC|[+-][0-9]{2}(:?[0-9]{2})?)';

const casts = (x: string, type: TypeName): string => `TRY_CAST(${x} AS ${type}) IS NOT NULL`;
const like = (x: string, pattern: string): string => `regexp_full_match(${x}, ${duckDbDialect.text(pattern)})`;

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);

const exact: readonly Rung[] = [
  { type: 'BOOLEAN', looks: /^(true|false)$/, fits: (x) => `${x} IN ('true', 'false')` },
  // Only integers whose text comes back, but for spaces around it: `01`, `+1` and `-0` are not.
  {
    type: 'BIGINT',
    looks: /^ *(0|-?[1-9][0-9]{0,18}) *$/,
    fits: (x) => `CAST(TRY_CAST(${x} AS BIGINT) AS VARCHAR) = trim(${x})`,
  },
  { type: 'DOUBLE', looks: whole(decimal), fits: (x) => `(${like(x, decimal)} AND ${casts(x, 'DOUBLE')})` },
];
const moment = `${day}([ T]${clock})?`;
const zoned = `${day}[ T]${clock}${zone}`;
const moments: readonly Rung[] = [
  { type: 'DATE', looks: whole(day), fits: (x) => `(${like(x, day)} AND ${casts(x, 'DATE')})` },
  { type: 'TIMESTAMP', looks: whole(moment), fits: (x) => `(${like(x, moment)} AND ${casts(x, 'TIMESTAMP')})` },
  { type: 'TIMESTAMPTZ', looks: whole(zoned), fits: (x) => `(${like(x, zoned)} AND ${casts(x, 'TIMESTAMPTZ')})` },
];

/** Types that a text column may turn out to have, narrowest first; what fits none is VARCHAR. */
export const ladder: readonly Rung[] = [...exact, ...moments];
/** For values whose format has numbers and booleans of its own: only moments hide in text. */
export const momentLadder: readonly Rung[] = moments;

/** Cells that hold only blanks. */
export const blank: RegExp = /^[ \t\r\n\u00a0]*$/;

/** SQL that is true for cells that hold only blanks. */
export function isBlank(x: string): string {
  return `trim(${x}, ${duckDbDialect.text(' \t\r\n\u00a0')}) = ''`;
}

/** The text `x` read as `type`; blanks become null, lists are read as JSON. */
export function readAs(x: string, type: TypeName, blanks: boolean): string {
  if (type === 'VARCHAR') return x;
  if (type.endsWith('[]')) return `CAST(CAST(${x} AS JSON) AS ${type})`;
  return blanks ? `CAST(CASE WHEN ${isBlank(x)} THEN NULL ELSE ${x} END AS ${type})` : `CAST(${x} AS ${type})`;
}
