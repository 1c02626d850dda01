import type { TopLevelSpec } from 'vega-lite';
import type { Proof } from '../../src/core/effect.js';
import { differenceLabel, digitsFor } from './theme.js';

/** The gain of the whole recipe on untouched rows: its 95% interval against zero; filled where the proof holds. */
export function proof(found: Proof): TopLevelSpec {
  const ends = [0, found.low, found.high];
  const domain = [Math.min(...ends), Math.max(...ends, 1e-4)];
  const x = {
    type: 'quantitative' as const,
    scale: { domain, nice: false, zero: false },
    axis: { labelExpr: differenceLabel(digitsFor((domain[1] ?? 0) - (domain[0] ?? 0), 3)), tickCount: 3 },
  };
  const color = !found.holds ? 'var(--unresolved)' : found.gain > 0 ? 'var(--gain)' : 'var(--cost)';
  const y = { value: 22 };
  return {
    width: 230,
    height: 44,
    padding: { left: 14, right: 14, top: 2, bottom: 2 },
    data: { values: [{ value: found.gain, low: found.low, high: found.high, zero: 0 }] },
    layer: [
      { mark: { type: 'rule', color: 'var(--line2)' }, encoding: { x: { ...x, field: 'zero' } } },
      {
        mark: { type: 'rule', color, strokeWidth: 1.5 },
        encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, y },
      },
      ...(['low', 'high'] as const).map((end) => ({
        mark: { type: 'tick' as const, orient: 'vertical' as const, thickness: 1.5, size: 8, color },
        encoding: { x: { ...x, field: end }, y },
      })),
      {
        mark: {
          type: 'point',
          shape: 'square',
          size: 70,
          opacity: 1,
          stroke: color,
          strokeWidth: 1.75,
          fill: found.holds ? color : 'var(--surface)',
        },
        encoding: { x: { ...x, field: 'value' }, y },
      },
    ],
  };
}
