import type { ReactElement } from 'react';
import { count, plural, visible } from '../../../reports/format.js';
import { Panel } from '../../../reports/renderers/html/section.js';
import type { Report } from '../../../reports/model.js';
import { findingSummary, type FindingSummary } from '../../contract/findings.js';
import { runDetail } from '../../contract/runs.js';
import { go, withQuery } from '../address.js';
import { Crumbs } from '../parts/crumbs.js';
import { FindingGrid } from '../parts/finding-grid.js';
import { Ready } from '../parts/states.js';
import { useAnswer } from '../use-answer.js';

/** One defect: what was found, how it is spread, and all its rows. */
export function FindingPage(props: { id: string; defect: string; query: URLSearchParams }): ReactElement {
  const { id, defect, query } = props;
  const path = `/runs/${encodeURIComponent(id)}`;
  const detail = useAnswer(path, runDetail);
  const summary = useAnswer(`${path}/findings/${encodeURIComponent(defect)}`, findingSummary);
  return (
    <>
      <Crumbs run={id}>{defect}</Crumbs>
      <Ready page of={detail}>
        {({ report }) => (
          <>
            <Head report={report} defect={defect} />
            <Ready of={summary}>
              {(found) => (
                <div className="side">
                  <Spread found={found} query={query} />
                  <FindingGrid id={id} defect={defect} query={query} />
                </div>
              )}
            </Ready>
          </>
        )}
      </Ready>
    </>
  );
}

function Head({ report, defect }: { report: Report; defect: string }): ReactElement {
  const found = report.defects.find((d) => d.id === defect);
  return (
    <>
      <h1>
        {visible(found?.title ?? defect)}: {plural(found?.rows?.flagged ?? 0, 'flagged unit')}
      </h1>
      <ul className="findings">
        {(found?.findings ?? []).slice(0, 5).map((f, i) => (
          <li key={i}>{visible(f.message)}</li>
        ))}
      </ul>
    </>
  );
}

function Spread({ found, query }: { found: FindingSummary; query: URLSearchParams }): ReactElement {
  const [code, column] = [query.get('code'), query.get('column')];
  return (
    <Panel label="How it is spread">
      <h2 className="label">Score of flagged units, log scale</h2>
      <Scores scores={found.scores} />
      <h2 className="label">Narrow to</h2>
      <ul className="slices">
        {found.slices.map((s) => {
          const on = code === s.code && column === s.column;
          const next = on ? { code: null, column: null } : { code: s.code, column: s.column };
          return (
            <li key={`${s.code} ${s.column ?? ''}`}>
              <button type="button" aria-pressed={on} onClick={() => go(withQuery({ ...next, at: null }))}>
                <span>
                  {visible(s.code)}
                  {s.column === null ? '' : ` in ${visible(s.column)}`}
                </span>
                <span>{count(s.units)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

const barWidth = 11;
const height = 60;

function Scores({ scores }: { scores: readonly number[] }): ReactElement {
  const top = Math.max(...scores.map((n) => Math.log10(n + 1)), 1e-9);
  const most = scores.indexOf(Math.max(...scores));
  return (
    <svg
      className="scores"
      role="img"
      aria-label={`Units by score from 0 to 1; most have a score from ${(most / 20).toFixed(2)} to ${((most + 1) / 20).toFixed(2)}`}
      width={barWidth * scores.length}
      height={height}
    >
      {scores.map((n, i) => {
        const tall = (Math.log10(n + 1) / top) * (height - 2);
        return <rect key={i} x={i * barWidth} y={height - tall} width={barWidth - 1} height={tall} />;
      })}
    </svg>
  );
}
