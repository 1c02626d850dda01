import type { TopLevelSpec } from 'vega-lite';
import { differenceLabel, digitsFor } from './theme.js';

/** One interval of a forest; null keeps the row empty. */
export interface ForestRow {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** `good` pays (square, gain), `bad` costs or hurts (circle or cross, cost), `open` is not resolved (hollow). */
  readonly state: 'good' | 'bad' | 'open';
}

/** Heights and width that a table slices the drawing by. */
export const forestSize = { row: 52, head: 22, width: 208, margin: 14 } as const;

/**
 * Intervals of a table's rows on one axis: whiskers, a mark whose shape is the state, the zero line, and the zone in
 * which this data resolves nothing (`mde` to both sides).
 */
export function forest(rows: readonly (ForestRow | null)[], kind: 'gain' | 'cost', mde: number | null): TopLevelSpec {
  const drawn = rows.flatMap((r, y) => (r === null ? [] : [{ ...r, y }]));
  const [low, high] = domain(drawn, mde);
  const height = rows.length * forestSize.row;
  const shapes = kind === 'gain' ? ['square', cross, 'circle'] : ['square', 'circle', 'circle'];
  const x = {
    type: 'quantitative' as const,
    scale: { domain: [low, high], nice: false, zero: false },
    axis: { orient: 'top' as const, labelExpr: differenceLabel(digitsFor(high - low, 3)), grid: false, tickCount: 3 },
  };
  const y = {
    field: 'y',
    type: 'quantitative' as const,
    scale: { domain: [-0.5, rows.length - 0.5], reverse: true, nice: false },
    axis: null,
  };
  const color = {
    field: 'state',
    type: 'nominal' as const,
    scale: { domain: ['good', 'bad', 'open'], range: ['var(--gain)', 'var(--cost)', 'var(--unresolved)'] },
    legend: null,
  };
  return {
    width: forestSize.width - 2 * forestSize.margin,
    height,
    autosize: { type: 'none' },
    padding: { left: forestSize.margin, right: forestSize.margin, top: forestSize.head, bottom: 0 },
    data: { values: drawn },
    layer: [
      ...(mde === null
        ? []
        : [
            {
              data: { values: [{ from: -mde, to: mde }] },
              mark: { type: 'rect' as const, color: 'var(--sunken)' },
              encoding: { x: { ...x, field: 'from' }, x2: { field: 'to' }, y: { value: 0 }, y2: { value: height } },
            },
          ]),
      {
        data: { values: [{ zero: 0 }] },
        mark: { type: 'rule', color: 'var(--line2)' },
        encoding: { x: { ...x, field: 'zero' } },
      },
      {
        mark: { type: 'rule', strokeWidth: 1.5 },
        encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, y, color },
      },
      ...(['low', 'high'] as const).map((end) => ({
        mark: { type: 'tick' as const, orient: 'vertical' as const, thickness: 1.5, size: 8 },
        encoding: { x: { ...x, field: end }, y, color },
      })),
      {
        mark: { type: 'point', size: 62, strokeWidth: 1.75, opacity: 1 },
        encoding: {
          x: { ...x, field: 'value' },
          y,
          shape: {
            field: 'state',
            type: 'nominal',
            scale: { domain: ['good', 'bad', 'open'], range: shapes },
            legend: null,
          },
          stroke: color,
          fill: { ...color, scale: { ...color.scale, range: ['var(--gain)', 'var(--cost)', 'var(--surface)'] } },
        },
      },
    ],
  };
}

/** A diagonal cross as a path in a square of side 2. */
const cross = 'M-1,-1L1,1M1,-1L-1,1';

function domain(rows: readonly ForestRow[], mde: number | null): [number, number] {
  const all = [0, ...rows.flatMap((r) => [r.low, r.high]), ...(mde === null ? [] : [-mde, mde])];
  return [Math.min(...all), Math.max(...all, 1e-4)];
}
