import type { ReactElement } from 'react';
import { errorsHeading, errorsNote } from '../../headings.js';
import { auc, count, percent, visible } from '../../format.js';
import type { Report } from '../../model.js';
import { Panel, Section } from './section.js';

const label = 'Slices in which the model errs';

/** Slices in which the loss of the model concentrates. Absent where it is spread evenly or no model was asked. */
export function ErrorsSection({ report }: { report: Report }): ReactElement | null {
  const found = report.errors ?? [];
  if (found.length === 0) return null;
  return (
    <Section id="errors" title={errorsHeading(report)} note={errorsNote}>
      <Panel label={label}>
        <table>
          <caption className="sr">{label}</caption>
          <thead>
            <tr>
              <th scope="col">Slice</th>
              {['Rows', 'Mean loss', 'Times elsewhere', 'Of all loss'].map((head) => (
                <th key={head} scope="col" className="number">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.map((s) => (
              <tr key={s.slice}>
                <th scope="row">{visible(s.slice)}</th>
                <td className="number">{count(s.rows)}</td>
                <td className="number">
                  {auc(s.rate)} ({auc(s.low)} to {auc(s.high)})
                </td>
                <td className="number">{s.lift.toFixed(1)}</td>
                <td className="number">{percent(s.share)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    </Section>
  );
}
