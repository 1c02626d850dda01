import type { ReactElement } from 'react';
import type { Slice } from '../../../src/core/slice.js';
import { auc, count, percent, visible } from '../../format.js';
import { Panel } from './section.js';

/** Slices of one kind of mark. */
export interface MarkedSlices {
  readonly id: string;
  /** What is marked, said before each slice; null where the table is of one thing only. */
  readonly title: string | null;
  readonly slices: readonly Slice[];
}

type Kind = 'flagged' | 'loss';

const kinds: Readonly<Record<Kind, { readonly heads: readonly string[]; readonly text: (value: number) => string }>> = {
  flagged: { heads: ['Defect and slice', 'Rows', 'Flagged', 'Times elsewhere', 'Of all flagged'], text: percent },
  loss: { heads: ['Slice', 'Rows', 'Mean loss', 'Times foretold', 'Of all loss'], text: auc },
};

/** How often rows of some slices are flagged, defect by defect, or how large their loss is. */
export function SliceTable(props: { label: string; found: readonly MarkedSlices[]; kind: Kind }): ReactElement {
  const { label, found, kind } = props;
  const { heads, text } = kinds[kind];
  return (
    <Panel label={label}>
      <table>
        <caption className="sr">{label}</caption>
        <thead>
          <tr>
            {heads.map((head, i) => (
              <th key={head} scope="col" className={i === 0 ? undefined : 'number'}>
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
                  {title === null ? '' : `${visible(title)}: `}
                  {visible(s.slice)}
                </th>
                <td className="number">{count(s.rows)}</td>
                <td className="number">
                  {text(s.rate)} ({text(s.low)} to {text(s.high)})
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
