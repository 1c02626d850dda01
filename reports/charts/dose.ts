import type { TopLevelSpec } from 'vega-lite';
import type { Curve } from '../../src/core/effect.js';
import { differenceLabel, digitsFor, percentLabel } from './theme.js';

/** Lowest change of AUC over all curves, so that small multiples share one axis. */
export function doseFloor(curves: readonly Curve[]): number {
  return -Math.max(1e-4, ...curves.flatMap((c) => [c.tolerance.budget * 1.5, ...c.points.map((p) => p.high)]));
}

const height = 112;

/**
 * Change of AUC by dose: a 95% band, measured doses as points, the budget dotted, the tolerance as a line to the axis.
 * What lies between points is fitted. Shares its vertical axis with the other curves, has its own doses.
 */
export function dose(curve: Curve, floor: number): TopLevelSpec {
  const start = { dose: 0, cost: 0, low: 0, high: 0 };
  const points = [start, ...curve.points].map((p) => ({ dose: p.dose, change: -p.cost, low: -p.high, high: -p.low }));
  const top = Math.max(0, ...points.map((p) => p.high));
  const last = points.at(-1)?.dose ?? 1;
  const y = {
    type: 'quantitative' as const,
    scale: { domain: [floor, top], nice: false },
    axis: { labelExpr: differenceLabel(digitsFor(top - floor)), tickCount: 4 },
  };
  const x = {
    field: 'dose',
    type: 'quantitative' as const,
    scale: { domain: [0, last], nice: false },
    axis: { grid: false, labelExpr: percentLabel, tickCount: 4 },
  };
  const at = { values: [{ dose: curve.tolerance.dose }] };
  return {
    width: 250,
    height,
    padding: { left: 2, right: 12, top: 8, bottom: 2 },
    data: { values: points },
    layer: [
      {
        mark: { type: 'area', color: 'var(--cost)', opacity: 0.16, interpolate: 'monotone' },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' } },
      },
      {
        data: { values: [{ budget: -curve.tolerance.budget }] },
        mark: { type: 'rule', color: 'var(--ink3)', strokeDash: [1, 3] },
        encoding: { y: { ...y, field: 'budget' } },
      },
      {
        mark: { type: 'line', color: 'var(--cost)', strokeWidth: 1.75, interpolate: 'monotone' },
        encoding: { x, y: { ...y, field: 'change' } },
      },
      {
        transform: [{ filter: 'datum.dose > 0' }],
        mark: { type: 'point', filled: true, size: 26, color: 'var(--cost)', opacity: 1 },
        encoding: { x, y: { ...y, field: 'change' } },
      },
      ...(curve.tolerance.relation === 'below'
        ? []
        : [
            { data: at, mark: { type: 'rule' as const, color: 'var(--ink)', strokeWidth: 1.25 }, encoding: { x } },
            {
              data: at,
              mark: {
                type: 'point' as const,
                shape: 'triangle-up',
                filled: true,
                size: 40,
                color: 'var(--ink)',
                opacity: 1,
                yOffset: -3,
              },
              encoding: { x, y: { value: height } },
            },
          ]),
    ],
  };
}
