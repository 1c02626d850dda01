import type { Config } from 'vega-lite';

/** What all charts share: tokens as colours, hairline grids, no frames. */
export const theme: Config = {
  aria: false,
  background: 'transparent',
  padding: 0,
  view: { stroke: null },
  font: 'inherit',
  axis: {
    domain: false,
    ticks: false,
    gridColor: 'var(--line)',
    labelColor: 'var(--ink3)',
    labelFontSize: 11,
    labelPadding: 6,
    title: null,
    tickCount: 4,
  },
  text: { fill: 'var(--ink2)', fontSize: 11 },
};

/** Vega expression that prints an axis value in [−1, 1] as `−.005`, zero as `0`. */
export function differenceLabel(digits: number): string {
  return `datum.value == 0 ? '0' : (datum.value < 0 ? '\u2212' : '') + replace(format(abs(datum.value), '.${digits}f'), regexp('^0'), '')`;
}

/** Vega expression that prints a share as percent, zero as `0`. */
export const percentLabel = "datum.value == 0 ? '0' : format(datum.value * 100, '~r') + '%'";

/** Vega expression that prints a count as `40k`, `1.2M`. */
export const countLabel =
  "datum.value >= 1e6 ? format(datum.value / 1e6, '~r') + 'M' : datum.value >= 1e3 ? format(datum.value / 1e3, '~r') + 'k' : format(datum.value, '~r')";

/** Decimals that tell the ticks of an axis of this extent apart: those of the step 1, 2 or 5 times a power of ten. */
export function digitsFor(extent: number, ticks = 4): number {
  const step = Math.max(extent, 1e-5) / ticks;
  const power = Math.floor(Math.log10(step));
  return Math.max(1, Math.min(5, step / 10 ** power >= Math.sqrt(50) ? -power - 1 : -power));
}
