import type { ReactElement } from 'react';

const width = 120;
const height = 26;

/** A histogram as one plain path; empty where nothing was counted. */
export function Spark({ counts }: { counts: readonly number[] }): ReactElement | null {
  const top = Math.max(0, ...counts);
  if (top === 0) return null;
  const step = width / counts.length;
  const gap = counts.length > 30 ? 0 : Math.min(1.5, step * 0.12);
  const bars = counts.map((n, i) => bar(i * step, step - gap, (n / top) * (height - 1)));
  return (
    <svg className="spark" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <path d={bars.join('')} />
    </svg>
  );
}

function bar(x: number, w: number, h: number): string {
  if (h <= 0) return '';
  const tall = Math.max(0.75, h);
  return `M${short(x)} ${height}v-${short(tall)}h${short(w)}v${short(tall)}z`;
}

function short(value: number): string {
  return String(Number(value.toFixed(1)));
}
