import type { TopLevelSpec } from 'vega-lite';
import type { ValueCurve } from '../../src/core/worth.js';
import { countLabel, differenceLabel, digitsFor } from './theme.js';

/** Lowest and highest change of AUC over all curves, so that small multiples share one axis. */
export function valueRange(curves: readonly ValueCurve[]): readonly [number, number] {
  const changes = curves.flatMap((c) => [-c.within.budget * 1.5, ...c.points.flatMap((p) => [-p.high, -p.low])]);
  return [Math.min(-1e-4, ...changes), Math.max(0, ...changes)];
}

const height = 112;

/**
 * Change of AUC by what is kept, from all on the right to little on the left: 95% intervals as whiskers, the budget
 * dotted, and a marker on the axis at the fewest that are enough. Points are measured; the line between is straight.
 */
export function value(curve: ValueCurve, range: readonly [number, number]): TopLevelSpec {
  const all = { kept: curve.total, change: 0, low: 0, high: 0 };
  const points = [all, ...curve.points.map((p) => ({ kept: p.kept, change: -p.cost, low: -p.high, high: -p.low }))];
  const y = {
    type: 'quantitative' as const,
    scale: { domain: [...range], nice: false },
    axis: { labelExpr: differenceLabel(digitsFor(range[1] - range[0])), tickCount: 4 },
  };
  const x = {
    field: 'kept',
    type: 'quantitative' as const,
    scale: { domain: [0, curve.total], nice: false },
    axis: { grid: false, labelExpr: countLabel, tickCount: 4 },
  };
  const enough = { values: [{ kept: curve.within.kept }] };
  return {
    width: 250,
    height,
    padding: { left: 2, right: 12, top: 8, bottom: 2 },
    data: { values: points },
    layer: [
      {
        data: { values: [{ zero: 0 }] },
        mark: { type: 'rule', color: 'var(--line2)' },
        encoding: { y: { ...y, field: 'zero' } },
      },
      {
        data: { values: [{ budget: -curve.within.budget }] },
        mark: { type: 'rule', color: 'var(--ink3)', strokeDash: [1, 3] },
        encoding: { y: { ...y, field: 'budget' } },
      },
      {
        mark: { type: 'line', color: 'var(--unresolved)', strokeWidth: 1.5 },
        encoding: { x, y: { ...y, field: 'change' } },
      },
      {
        transform: [{ filter: `datum.kept < ${curve.total}` }],
        mark: { type: 'rule', color: 'var(--ink2)', strokeWidth: 1.5 },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' } },
      },
      {
        mark: { type: 'point', filled: true, size: 34, color: 'var(--ink2)', opacity: 1 },
        encoding: { x, y: { ...y, field: 'change' } },
      },
      ...(curve.within.relation === 'none'
        ? []
        : [
            {
              data: enough,
              mark: {
                type: 'point' as const,
                shape: 'triangle-up',
                filled: true,
                size: 60,
                color: 'var(--ink)',
                opacity: 1,
                yOffset: -4,
              },
              encoding: { x, y: { value: height } },
            },
          ]),
    ],
  };
}
