import type { ReactElement } from 'react';
import type { Effect } from '../../../src/core/effect.js';
import { otherMetrics } from '../../defect-table.js';
import type { Report } from '../../model.js';
import { metricName, otherMetric, otherMetricsNote } from '../../sentences.js';
import { Title } from './title.js';

/** Gains in NE, GAUC and calibration, closed until asked for: AUC decides. */
export function OtherMetrics({ report }: { report: Report }): ReactElement | null {
  const repairs = otherMetrics(report);
  if (repairs.length === 0) return null;
  const metrics = [...new Set(repairs.flatMap((r) => r.gains.map((gain) => gain.metric)))];
  return (
    <details>
      <summary>Other metrics</summary>
      <table>
        <caption className="sr">Gains of repairs in metrics beside AUC</caption>
        <thead>
          <tr>
            <th scope="col">Repair alone</th>
            {metrics.map((metric) => (
              <th key={metric} scope="col" className="number">
                {metricName[metric]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {repairs.map(({ title, gains }, i) => (
            <tr key={i}>
              <th scope="row">
                <Title of={title} />
              </th>
              {metrics.map((metric) => (
                <Cell key={metric} gain={gains.find((gain) => gain.metric === metric)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small">{otherMetricsNote(repairs.flatMap((r) => r.gains))}</p>
    </details>
  );
}

function Cell({ gain }: { gain: Effect | undefined }): ReactElement {
  return <td className="number">{gain === undefined ? '\u2013' : otherMetric(gain)}</td>;
}
