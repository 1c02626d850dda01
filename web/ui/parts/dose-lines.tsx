import type { ReactElement } from 'react';
import type { Curve } from '../../../src/core/effect.js';
import { auc, percent } from '../../../reports/format.js';

const [width, height, left, bottom] = [720, 300, 52, 26];

/** Costs of all curves over the range of doses of the chosen one, which is drawn with its band and measured points. */
export function DoseLines(props: { curves: readonly Curve[]; at: number; dose: number; budget: number }): ReactElement {
  const { curves, at, dose, budget } = props;
  const chosen = curves[at]!;
  const last = chosen.points.at(-1)?.dose ?? 1;
  const low = Math.min(0, ...chosen.points.map((p) => p.low));
  const high = Math.max(budget * 1.2, ...chosen.points.map((p) => p.high), 1e-4);
  const x = (value: number): number => left + (value / last) * (width - left - 12);
  const y = (value: number): number => 8 + ((high - value) / (high - low)) * (height - bottom - 16);
  const line = (points: Curve['points']): string =>
    points.map((p, i) => `${i === 0 ? 'M' : 'L'}${x(p.dose).toFixed(1)} ${y(p.cost).toFixed(1)}`).join('');
  const band = [
    ...chosen.points.map((p) => `${x(p.dose).toFixed(1)},${y(p.high).toFixed(1)}`),
    ...chosen.points.toReversed().map((p) => `${x(p.dose).toFixed(1)},${y(p.low).toFixed(1)}`),
  ];
  return (
    <svg
      className="doses"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label="Cost in AUC by dose; the table below holds the numbers"
    >
      <svg x="0" y="0" width={width} height={height - bottom} viewBox={`0 0 ${width} ${height - bottom}`}>
        {curves.map((c, i) => (i === at ? null : <path key={i} className="other" d={line(c.points)} />))}
        <polygon points={band.join(' ')} />
        <path className="zero" d={`M${left} ${y(0)}H${width}`} />
        <path className="budget" d={`M${left} ${y(budget)}H${width}`} />
        <path className="line" d={line(chosen.points)} />
        {chosen.points.map((p) => (
          <circle key={p.dose} cx={x(p.dose)} cy={y(p.cost)} r="3.5" />
        ))}
        <path className="here" d={`M${x(dose)} 0V${height - bottom}`} />
      </svg>
      {[low, 0, budget, high]
        .filter((v, i, all) => all.indexOf(v) === i)
        .map((v) => (
          <text key={v} x={left - 6} y={y(v) + 4} textAnchor="end">
            {auc(v)}
          </text>
        ))}
      {[0, last / 2, last].map((v) => (
        <text key={v} x={x(v)} y={height - 6} textAnchor={v === last ? 'end' : v === 0 ? 'start' : 'middle'}>
          {percent(v)}
        </text>
      ))}
    </svg>
  );
}
