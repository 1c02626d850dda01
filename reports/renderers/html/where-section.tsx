import type { ReactElement } from 'react';
import { count, percent, visible } from '../../format.js';
import { concentrated, whereHeading } from '../../headings.js';
import type { Report } from '../../model.js';
import { Panel, Section } from './section.js';

/** Slices in which flagged rows concentrate. Absent where they are spread evenly. */
export function WhereSection({ report }: { report: Report }): ReactElement | null {
  const found = concentrated(report);
  if (found.length === 0) return null;
  return (
    <Section
      id="where"
      title={whereHeading(report)}
      note="Of all slices of one or two columns, those with the most flagged rows; each after the rows of those above it were taken out."
    >
      <Panel label="Slices in which flagged rows concentrate">
        <table>
          <caption className="sr">Slices in which flagged rows concentrate</caption>
          <thead>
            <tr>
              <th scope="col">Defect and slice</th>
              {['Rows', 'Flagged', 'Times elsewhere', 'Of all flagged'].map((head) => (
                <th key={head} scope="col" className="number">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.flatMap(({ id, title, where = [] }) =>
              where.map((s) => (
                <tr key={`${id}/${s.slice}`}>
                  <th scope="row">
                    {visible(title)}: {visible(s.slice)}
                  </th>
                  <td className="number">{count(s.rows)}</td>
                  <td className="number">
                    {percent(s.rate)} ({percent(s.low)} to {percent(s.high)})
                  </td>
                  <td className="number">{s.lift.toFixed(1)}</td>
                  <td className="number">{percent(s.share)}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </Panel>
    </Section>
  );
}
