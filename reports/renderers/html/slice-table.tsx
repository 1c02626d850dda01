import type { ReactElement } from 'react';
import type { Slice } from '../../../src/core/slice.js';
import { count, percent, visible } from '../../format.js';
import { Panel } from './section.js';

/** Slices of one defect. */
export interface DefectSlices {
  readonly id: string;
  readonly title: string;
  readonly slices: readonly Slice[];
}

/** How often rows of some slices are flagged, defect by defect. */
export function SliceTable({ label, found }: { label: string; found: readonly DefectSlices[] }): ReactElement {
  return (
    <Panel label={label}>
      <table>
        <caption className="sr">{label}</caption>
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
          {found.flatMap(({ id, title, slices }) =>
            slices.map((s) => (
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
  );
}
