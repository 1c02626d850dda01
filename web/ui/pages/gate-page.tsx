import type { ReactElement } from 'react';
import { visible } from '../../../reports/format.js';
import { Glyph, type GlyphName } from '../../../reports/renderers/html/glyph.js';
import { Panel } from '../../../reports/renderers/html/section.js';
import { gateHistory, type GateHistory } from '../../contract/gate.js';
import { Link, pathTo } from '../address.js';
import { Empty, Ready } from '../parts/states.js';
import { When } from '../parts/when.js';
import { useAnswer } from '../use-answer.js';

/** Every judged run with what became of each rule, newest first. */
export function GatePage(): ReactElement {
  const answer = useAnswer('/gate', gateHistory);
  return (
    <>
      <h1>Gate, run by run</h1>
      <Ready page of={answer}>
        {({ runs }) =>
          runs.length === 0 ? (
            <Empty>
              No run was judged yet. Judge one with <code>assay gate TRAIN --policy FILE</code>.
            </Empty>
          ) : (
            <Panel label="Judged runs">
              <table>
                <caption className="sr">Judged runs with their rules</caption>
                <thead>
                  <tr>
                    <th scope="col">Run</th>
                    <th scope="col">Policy</th>
                    <th scope="col">Verdict</th>
                    <th scope="col">Rules</th>
                    <th scope="col">Started, UTC</th>
                  </tr>
                </thead>
                <tbody>
                  {runs.map((run) => (
                    <Row key={run.id} run={run} />
                  ))}
                </tbody>
              </table>
            </Panel>
          )
        }
      </Ready>
    </>
  );
}

const glyphs: Readonly<Record<GateHistory['runs'][number]['rules'][number]['outcome'], GlyphName>> = {
  failed: 'fails',
  warned: 'warns',
  passed: 'passes',
  exempt: 'not-applicable',
};

function Row({ run }: { run: GateHistory['runs'][number] }): ReactElement {
  return (
    <tr>
      <th scope="row">
        <Link to={pathTo('runs', run.id)}>{run.id}</Link>
        <span className="small">{visible(run.name)}</span>
      </th>
      <td>{visible(run.policy)}</td>
      <td>
        <Glyph name={glyphs[run.verdict]} word="" /> {run.verdict}
      </td>
      <td>
        <span className="squares">
          {run.rules.map((rule) => (
            <span key={rule.message} title={visible(rule.message)}>
              <Glyph name={glyphs[rule.outcome]} word={visible(rule.message)} />
            </span>
          ))}
        </span>
      </td>
      <td>
        <When at={run.startedAt} />
      </td>
    </tr>
  );
}
