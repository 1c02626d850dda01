import type { ReactElement } from 'react';
import { absent, count, percent, visible } from '../../format.js';
import { timeHeading, titles } from '../../headings.js';
import type { Report } from '../../model.js';
import type { Charts } from './charts.js';
import { Figure } from './figure.js';
import { Panel, Section } from './section.js';

/** Rows, positive rate and flagged units over time. */
export function TimeSection({ report, charts }: { report: Report; charts: Charts }): ReactElement {
  const heading = timeHeading(report);
  if (charts.time === null) return <Section id="time" title={heading} />;
  return (
    <Section id="time" title={heading} note="Paler bars and what lies right of the line are held out of training.">
      <Panel label="Over time">
        <Figure chart={charts.time} name={heading} />
        <details>
          <summary>Numbers</summary>
          <Numbers report={report} />
        </details>
      </Panel>
    </Section>
  );
}

function Numbers({ report }: { report: Report }): ReactElement {
  const names = titles(report);
  const defects = [...new Set(report.time.flatMap((b) => Object.keys(b.flagged)))].sort();
  return (
    <table>
      <caption className="sr">Rows, positive rate and flagged units by time</caption>
      <thead>
        <tr>
          {['Start', 'Part'].map((h) => (
            <th key={h} scope="col">
              {h}
            </th>
          ))}
          {['Rows', 'Positive rate', ...defects.map((d) => visible(names.get(d) ?? d))].map((h) => (
            <th key={h} scope="col" className="number">
              {h}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {report.time.map((b) => (
          <tr key={b.start}>
            <th scope="row">
              <time dateTime={b.start}>{b.start}</time>
            </th>
            <td>{b.part}</td>
            <td className="number">{count(b.rows)}</td>
            <td className="number">{b.positives === null || b.rows === 0 ? absent : percent(b.positives / b.rows)}</td>
            {defects.map((d) => (
              <td key={d} className="number">
                {count(b.flagged[d] ?? 0)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
