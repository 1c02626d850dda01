import type { Column } from '../../../core/relation.js';

/** A moment in seconds since 1970 (a DOUBLE expression) as a value of a time column. */
export function momentSql(seconds: string, { type }: Column): string {
  const isMoment = type === 'DATE' || type.startsWith('TIMESTAMP');
  return isMoment
    ? `CAST(make_timestamp(CAST(1000000 * (${seconds}) AS BIGINT)) AS ${type})`
    : `CAST(${seconds} AS ${type})`;
}
