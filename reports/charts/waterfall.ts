import type { TopLevelSpec } from 'vega-lite';
import type { ChainStep } from '../../src/core/effect.js';
import { differenceLabel, digitsFor } from './theme.js';
import { forestSize } from './forest.js';

/** Width of the drawing; rows and head are those of a forest, so that a table can slice it too. */
const waterfallWidth = 320;

/**
 * Steps of the chain from left to right: filled bars are accepted and move the start of the next, dashed outlines were
 * held back or rejected; the line over each bar is its 95% interval. The axis is the gain over the data as it is.
 */
export function waterfall(steps: readonly ChainStep[]): TopLevelSpec {
  const rows = placed(steps);
  const all = [0, ...rows.flatMap((r) => [r.start, r.end, r.low, r.high])];
  const [low, high] = [Math.min(...all), Math.max(...all, 1e-4)];
  const x = {
    type: 'quantitative' as const,
    scale: { domain: [low, high], nice: false, zero: false },
    axis: { orient: 'top' as const, labelExpr: differenceLabel(digitsFor(high - low)), grid: true },
  };
  const band = (at: string) => ({
    field: at,
    type: 'quantitative' as const,
    scale: { domain: [-0.5, steps.length - 0.5], reverse: true, nice: false },
    axis: null,
  });
  const color = {
    field: 'decision',
    type: 'nominal' as const,
    scale: { domain: ['accepted', 'hurts', 'other'], range: ['var(--gain)', 'var(--cost)', 'var(--unresolved)'] },
    legend: null,
  };
  return {
    width: waterfallWidth - 2 * forestSize.margin,
    height: steps.length * forestSize.row,
    autosize: { type: 'none' },
    padding: { left: forestSize.margin, right: forestSize.margin, top: forestSize.head, bottom: 0 },
    data: { values: rows },
    layer: [
      {
        data: { values: [{ zero: 0 }] },
        mark: { type: 'rule', color: 'var(--line2)' },
        encoding: { x: { ...x, field: 'zero' } },
      },
      {
        transform: [{ filter: "datum.decision == 'accepted'" }],
        mark: { type: 'rect' },
        encoding: {
          x: { ...x, field: 'start' },
          x2: { field: 'end' },
          y: band('top'),
          y2: { field: 'bottom' },
          fill: color,
        },
      },
      {
        transform: [{ filter: "datum.decision != 'accepted'" }],
        mark: { type: 'rect', fill: null, strokeWidth: 1.25, strokeDash: [3, 2] },
        encoding: {
          x: { ...x, field: 'start' },
          x2: { field: 'end' },
          y: band('top'),
          y2: { field: 'bottom' },
          stroke: color,
        },
      },
      {
        mark: { type: 'rule', color: 'var(--ink)', strokeWidth: 1 },
        encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, y: band('y') },
      },
      ...(['low', 'high'] as const).map((end) => ({
        mark: { type: 'tick' as const, orient: 'vertical' as const, thickness: 1, size: 7, color: 'var(--ink)' },
        encoding: { x: { ...x, field: end }, y: band('y') },
      })),
    ],
  };
}

function placed(steps: readonly ChainStep[]): readonly {
  decision: string;
  y: number;
  top: number;
  bottom: number;
  start: number;
  end: number;
  low: number;
  high: number;
}[] {
  let start = 0;
  return steps.flatMap((s, y) => {
    if (s.gain === null) return [];
    const { value, low, high } = s.gain;
    const decision = s.decision === 'accepted' || s.decision === 'hurts' ? s.decision : 'other';
    const box = { top: y - 0.16, bottom: y + 0.16, start, end: start + value };
    const row = { decision, y, ...box, low: start + low, high: start + high };
    if (s.decision === 'accepted') start += value;
    return [row];
  });
}
