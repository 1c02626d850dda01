import type { ReactElement } from 'react';
import { forestSize } from '../../charts/forest.js';
import { change, count, interval } from '../../format.js';
import type { Report } from '../../model.js';
import { rollingHeading, rollingNote, rollingSentence } from '../../rolling-sentences.js';
import type { Charts } from './charts.js';
import { Slice, Sliced } from './figure.js';
import { Panel, Section } from './section.js';

/** The gain on one day after the other. Absent where it was not measured. */
export function RollingSection({ report, charts }: { report: Report; charts: Charts }): ReactElement | null {
  const { rolling } = report;
  if (rolling === undefined || charts.rolling === null) return null;
  const chart = charts.rolling;
  return (
    <Section id="days" title={rollingHeading(rolling)} note={`${rollingSentence(rolling)} ${rollingNote}`}>
      <Panel label="Gain by day">
        <Sliced id="rolling-chart" chart={chart} />
        <table className="defects">
          <caption className="sr">Gain by day, each scored by models of the days before it</caption>
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col" className="number">
                Trained on
              </th>
              <th scope="col" className="number">
                Positives
              </th>
              <th scope="col">
                <span>Gain in AUC, 95% interval</span>
                <Slice of="rolling-chart" chart={chart} top={0} height={forestSize.head} />
              </th>
              <th scope="col" className="number">
                Gain
              </th>
            </tr>
          </thead>
          <tbody>
            {rolling.days.map((d, i) => (
              <tr key={d.day} className="repair">
                <th scope="row">
                  <time dateTime={d.day}>{d.day}</time>
                </th>
                <td className="number">{count(d.trainRows)}</td>
                <td className="number">{count(d.positives)}</td>
                <td className="drawing">
                  <Slice
                    of="rolling-chart"
                    chart={chart}
                    top={forestSize.head + i * forestSize.row}
                    height={forestSize.row}
                  />
                </td>
                <td className="number">
                  {change(d.value)}
                  <span className="small limits">{interval(d)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    </Section>
  );
}
