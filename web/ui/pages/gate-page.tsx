import type { ReactElement } from 'react';
import { plural, visible, word } from '../../../reports/format.js';
import { Glyph, type GlyphName } from '../../../reports/renderers/html/glyph.js';
import { Name } from '../../../reports/renderers/html/name.js';
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
      <Ready page of={answer}>
        {({ runs }) =>
          runs.length === 0 ? (
            <>
              <h1>No run was judged yet</h1>
              <Empty>
                Judge one with <code>assay gate TRAIN --policy FILE</code>.
              </Empty>
            </>
          ) : (
            <div className="stack">
              <h1>{heading(runs[0]!)}</h1>
              <Rules runs={runs} />
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
            </div>
          )
        }
      </Ready>
    </>
  );
}

type Judged = GateHistory['runs'][number];

/** What the newest run says, in words. */
function heading({ rules, verdict }: Judged): string {
  const all = plural(rules.length, 'rule');
  if (verdict === 'passed') return `The newest run passes the gate, by ${all}`;
  const hit = rules.filter(({ outcome }) => outcome === verdict).length;
  return `The newest run ${verdict === 'failed' ? 'fails' : 'is warned by'} ${word(hit)} of ${all}`;
}

/** Runs across in the grid of rules. */
const across = 20;

/** Rule by rule over the newest runs, the last one on the right, with value against limit where it passes as well. */
function Rules({ runs }: { runs: GateHistory['runs'] }): ReactElement {
  const shown = runs.slice(0, across).toReversed();
  const names = [...new Set(runs.slice(0, across).flatMap((run) => run.rules.map(({ rule }) => rule)))];
  return (
    <Panel label="Rules">
      <table>
        <caption className="sr">Rules of the gate over the newest runs, oldest first, and what the newest says</caption>
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">Last {shown.length === 1 ? 'run' : `${shown.length} runs`}</th>
            <th scope="col">In the newest</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <th scope="row">
                <Name of={name} />
              </th>
              <td>
                <span className="squares">
                  {shown.map((run) => (
                    <RuleCell key={run.id} run={run} name={name} />
                  ))}
                </span>
              </td>
              <td>
                {visible(
                  ruleOf(
                    runs.find((run) => ruleOf(run, name) !== undefined)!,
                    name,
                  )!.message,
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function ruleOf(run: Judged, name: string): Judged['rules'][number] | undefined {
  return run.rules.find(({ rule }) => rule === name);
}

function RuleCell({ run, name }: { run: Judged; name: string }): ReactElement {
  const found = ruleOf(run, name);
  const word = `${run.id}: ${found?.outcome ?? 'no such rule'}`;
  return (
    <span title={visible(found === undefined ? word : `${run.id}: ${found.message}`)}>
      <Glyph name={found === undefined ? 'not-resolved' : glyphs[found.outcome]} word={visible(word)} />
    </span>
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
        <span className="small">
          <Name of={run.name} />
        </span>
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
