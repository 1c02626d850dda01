import type { TypeName } from '../../core/plan.js';
import type { ColumnRole, Portrait } from './schema.js';
import { isNumeric } from '../../dataset/sql/type-kinds.js';

/** Words at the end of a name that say a unit. */
const words: Readonly<Record<string, string>> = {
  ns: 'ns',
  us: 'us',
  ms: 'ms',
  millis: 'ms',
  s: 's',
  sec: 's',
  secs: 's',
  seconds: 's',
  min: 'min',
  minutes: 'min',
  hours: 'h',
  days: 'd',
  cent: 'cent',
  cents: 'cent',
  eur: 'EUR',
  usd: 'USD',
  pct: '%',
  percent: '%',
  km: 'km',
  kb: 'kB',
  mb: 'MB',
  bytes: 'B',
};

/** Moments since 1970 between 2001 and 2096, by the power of 1000 that a second is. */
const epochs = ['s', 'ms', 'us', 'ns'] as const;

/**
 * The unit a column of numbers seems to be in: by the last word of its name, or for a time by its size (seconds to
 * nanoseconds since 1970); null where nothing says so. A guess to be looked at.
 */
export function unitOf(name: string, type: TypeName, seen: Portrait, role: ColumnRole): string | null {
  if (!isNumeric(type)) return null;
  const epoch = epochUnit(seen);
  if (epoch !== null && (role === 'time' || /time|_at$|^ts|_ts$|date/i.test(name))) return `${epoch} since 1970`;
  const last = name
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .at(-1);
  // A name that is the word itself (`s`, `min`) says nothing.
  return last !== undefined && last !== name.toLowerCase() && Object.hasOwn(words, last) ? words[last]! : null;
}

/** The unit in which all of the numbers would be moments of this century; null where there is none. */
export function epochUnit({ quantiles }: Portrait): (typeof epochs)[number] | null {
  const [low, high] = [quantiles?.[0] ?? 0, quantiles?.at(-1) ?? 0];
  return epochs.find((_, i) => low >= 1e9 * 1000 ** i && high < 4e9 * 1000 ** i) ?? null;
}
