import type { TopLevelSpec } from 'vega-lite';
import type { Interval } from '../model.js';
import { auc, change } from '../format.js';
import { differenceLabel, digitsFor } from './theme.js';

/** AUC as it is and repaired, each a bar over its 95% interval with a tick at its value. */
export function beforeAfter(asIs: Interval, repaired: Interval | null, gain: Interval | null): TopLevelSpec {
  const arms = [
    { arm: 'as it is', ...asIs, state: 'before', label: auc(asIs.value) },
    ...(repaired === null ? [] : [{ arm: 'repaired', ...repaired, state: 'after', label: auc(repaired.value) }]),
  ];
  const ends = arms.flatMap((a) => [a.low, a.high]);
  const pad = Math.max(1e-4, (Math.max(...ends) - Math.min(...ends)) * 0.08);
  const domain = [Math.min(...ends) - pad, Math.max(...ends) + pad];
  const x = {
    type: 'quantitative' as const,
    scale: { domain, nice: false, zero: false },
    axis: {
      grid: false,
      domain: true,
      domainColor: 'var(--line2)',
      labelExpr: differenceLabel(Math.max(2, digitsFor((domain[1] ?? 1) - (domain[0] ?? 0)))),
    },
  };
  const y = {
    field: 'arm',
    type: 'nominal' as const,
    sort: null,
    axis: { labelColor: 'var(--ink2)', grid: false, labelLimit: 120 },
  };
  const color = {
    field: 'state',
    type: 'nominal' as const,
    scale: { domain: ['before', 'after'], range: ['var(--unresolved)', 'var(--gain)'] },
    legend: null,
  };
  return {
    width: 270,
    height: arms.length * 48,
    padding: { left: 2, right: 14, top: 2, bottom: 2 },
    data: { values: arms },
    layer: [
      {
        mark: { type: 'bar', height: 7, opacity: 0.36 },
        encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, y, color },
      },
      { mark: { type: 'tick', thickness: 3, size: 14 }, encoding: { x: { ...x, field: 'value' }, y, color } },
      {
        mark: { type: 'text', dy: -15, fontWeight: 600, fill: 'var(--ink)' },
        encoding: { x: { ...x, field: 'value' }, y, text: { field: 'label' } },
      },
      ...(gain === null || repaired === null
        ? []
        : [
            {
              data: {
                values: [{ arm: 'repaired', from: asIs.value, to: repaired.value, label: change(gain.value) }],
              },
              mark: { type: 'text' as const, dy: 17, fontWeight: 600 as const, fill: 'var(--gain-text)' },
              encoding: { x: { ...x, field: 'to' }, y, text: { field: 'label' } },
            },
          ]),
    ],
  };
}
