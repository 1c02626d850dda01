import type { ReactElement } from 'react';
import { absent, day } from '../../../reports/format.js';

/** `24 Nov 14:01`, UTC; the whole time on hover. */
export function When({ at }: { at: string | null }): ReactElement {
  if (at === null || Number.isNaN(Date.parse(at))) return <>{absent}</>;
  const iso = new Date(at).toISOString();
  return (
    <time dateTime={iso} title={iso}>
      {day(iso)} {iso.slice(11, 16)}
    </time>
  );
}

/** `38 s`, `16:01` (minutes and seconds). */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')} min`;
}
