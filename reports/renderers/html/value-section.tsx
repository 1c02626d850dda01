import type { ReactElement } from 'react';
import type { ValueCurve } from '../../../src/core/worth.js';
import type { Chart } from '../../charts/render.js';
import { auc, capital, change, count, interval, percent } from '../../format.js';
import { valueHeading } from '../../headings.js';
import type { Report } from '../../model.js';
import { valueUnits, valueWithin } from '../../worth-sentences.js';
import type { Charts } from './charts.js';
import { Figure } from './figure.js';
import { Panel, Section } from './section.js';

/** What the training set could do without. Absent where it was not measured. */
export function ValueSection({ report, charts }: { report: Report; charts: Charts }): ReactElement | null {
  if (report.value === undefined) return null;
  const note =
    'The model is trained on less and compared with all of it, seed by seed. Rows: whole users at random. Negatives: at random, the kept ones weighted up. Whiskers: 95%. Dotted: the budget. The marker is the fewest that are shown to be enough.';
  return (
    <Section id="value" title={valueHeading(report)} note={note}>
      <Panel label="Value of rows, days and negatives">
        <div className="curves">
          {report.value.map((c, i) => {
            const chart = charts.value[i];
            return chart === undefined ? null : <Small key={c.of} curve={c} chart={chart} />;
          })}
        </div>
      </Panel>
    </Section>
  );
}

function Small({ curve, chart }: { curve: ValueCurve; chart: Chart }): ReactElement {
  const title = `${capital(valueUnits(curve))} kept`;
  return (
    <figure>
      <figcaption>
        <strong>{title}</strong>
        <span className="small">Change in AUC against all {count(curve.total)}</span>
      </figcaption>
      <Figure chart={chart} name={`${title}. ${valueWithin(curve)}`} />
      <p className="small">{valueWithin(curve)}</p>
      <details>
        <summary>Numbers</summary>
        <table>
          <caption className="sr">{title}</caption>
          <thead>
            <tr>
              {['Kept', 'Share', 'Work', 'AUC', 'Change, 95%'].map((h) => (
                <th key={h} scope="col" className="number">
                  {h}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {curve.points.map((p) => (
              <tr key={p.kept}>
                <td className="number">{count(p.kept)}</td>
                <td className="number">{percent(p.share)}</td>
                <td className="number">{percent(p.work)}</td>
                <td className="number">{auc(p.auc)}</td>
                <td className="number">
                  {change(-p.cost)} <span className="small limits">{interval({ low: -p.high, high: -p.low })}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="small">Work: rows times trees, as a share of training on everything.</p>
      </details>
    </figure>
  );
}
