import type { ReactElement } from 'react';
import type { Curve } from '../../../src/core/effect.js';
import { auc, interval, percent } from '../../format.js';

/** The measured doses of a curve as a table, under a caption of the caller's. */
export function CurvePoints({ curve, caption }: { curve: Curve; caption: ReactElement }): ReactElement {
  return (
    <table>
      {caption}
      <thead>
        <tr>
          {['Dose', 'Cost', '95% band'].map((h) => (
            <th key={h} scope="col" className="number">
              {h}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {curve.points.map((p) => (
          <tr key={p.dose}>
            <td className="number">{percent(p.dose)}</td>
            <td className="number">{auc(p.cost)}</td>
            <td className="number">{interval(p)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
