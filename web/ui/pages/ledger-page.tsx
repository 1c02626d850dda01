import type { ReactElement } from 'react';
import { absent, change, count, interval, plural, visible } from '../../../reports/format.js';
import { Panel } from '../../../reports/renderers/html/section.js';
import { ledger, type Ledger } from '../../contract/ledger.js';
import { Empty, Ready } from '../parts/states.js';
import { useAnswer } from '../use-answer.js';

/** What repairs and rules brought over all runs of the folder. */
export function LedgerPage(): ReactElement {
  const answer = useAnswer('/ledger', ledger);
  return (
    <Ready page of={answer}>
      {(found) => (
        <>
          <h1>{heading(found)}</h1>
          <p className="note">
            Paid: an accepted repair whose proof holds, a rule that failed a run. Gains are means over runs, on inner
            rows.
          </p>
          {found.lines.length === 0 ? <Empty>No run tried a repair or was judged yet.</Empty> : <Table {...found} />}
        </>
      )}
    </Ready>
  );
}

function heading({ lines, runs }: Ledger): string {
  const paid = lines.filter((l) => l.kind === 'repair' && l.paid > 0).length;
  const tried = lines.filter((l) => l.kind === 'repair').length;
  return `${count(paid)} of ${plural(tried, 'repair')} paid in ${plural(runs, 'run')}`;
}

function Table({ lines }: Ledger): ReactElement {
  return (
    <Panel label="Ledger">
      <table>
        <caption className="sr">Repairs and rules by what they brought</caption>
        <thead>
          <tr>
            <th scope="col">Repair or rule</th>
            {['Tried', 'Accepted', 'Paid', 'Mean gain', 'Units touched'].map((h) => (
              <th key={h} scope="col" className="number">
                {h}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((l) => (
            <tr key={`${l.kind} ${l.name}`}>
              <th scope="row">
                <code>{visible(l.name)}</code>
                <span className="small">{l.idle ? `${l.kind}; brought nothing in its last five tries` : l.kind}</span>
              </th>
              <td className="number">{count(l.proposed)}</td>
              <td className="number">{count(l.accepted)}</td>
              <td className="number">{count(l.paid)}</td>
              <td className="number">
                {l.gain === null ? absent : change(l.gain.value)}
                {l.gain === null ? null : <span className="small">{interval(l.gain)}</span>}
              </td>
              <td className="number">{l.kind === 'rule' ? absent : count(l.units)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
