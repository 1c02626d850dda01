import type { TypeName } from '../../../core/plan.js';
import { typeNameOf } from '../../sql/clickhouse/type-names.js';

/** How a value of a type is read such that an insert into a column of its own type gives it back as it was. */
type Reading =
  | { readonly as: 'twin'; readonly type: TypeName; readonly wrapped: boolean }
  | { readonly as: 'moment' | 'day' | 'text' }
  | { readonly as: 'carried' };

/** The type under which a column is read where its values must all come back. */
export function exactType(theirs: string): TypeName {
  const reading = readingOf(theirs);
  if (reading.as === 'twin') return reading.type;
  return { moment: 'TIMESTAMP', day: 'DATE', text: 'VARCHAR', carried: theirs }[reading.as];
}

/** A value under its {@link exactType}. */
export function exactValue(value: string, theirs: string): string {
  const reading = readingOf(theirs);
  switch (reading.as) {
    case 'twin':
      return reading.wrapped ? `CAST(${value} AS ${reading.type})` : value;
    case 'moment':
      return `CAST(toTimeZone(${value}, 'UTC') AS TIMESTAMP)`;
    case 'day':
      return `CAST(${value} AS DATE)`;
    case 'text':
      return `CAST(toString(${value}) AS VARCHAR)`;
    default:
      return value;
  }
}

const twins = /^(U?Int(8|16|32|64)|Float32|Float64|Bool|String|Date32|DateTime64\(6, 'UTC'\)|Decimal\(\d+, ?\d+\))$/;
/** Seconds, or a fraction of at most six digits. */
const moments = /^(DateTime(\('[^']*'\))?|DateTime64\([0-6](, '[^']*')?\))$/;
const texts = /^(Enum8|Enum16)\(|^(UUID|IPv4|IPv6)$/;

function readingOf(theirs: string): Reading {
  const { inner, wrapped } = unwrapped(theirs);
  if (twins.test(inner)) return { as: 'twin', type: typeNameOf(inner), wrapped };
  if (moments.test(inner)) return { as: 'moment' };
  if (inner === 'Date') return { as: 'day' };
  return { as: texts.test(inner) ? 'text' : 'carried' };
}

/** The type within Nullable and LowCardinality, and whether it lay in the latter. */
function unwrapped(theirs: string): { readonly inner: string; readonly wrapped: boolean } {
  const [, dictionary] = /^LowCardinality\((.*)\)$/.exec(theirs) ?? [];
  const [, nullable] = /^Nullable\((.*)\)$/.exec(dictionary ?? theirs) ?? [];
  return { inner: nullable ?? dictionary ?? theirs, wrapped: dictionary !== undefined };
}
