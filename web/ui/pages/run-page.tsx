import { useState, type ReactElement } from 'react';
import { statusOf } from '../../../reports/defect-table.js';
import { count, percent, plural, visible } from '../../../reports/format.js';
import type { Charts } from '../../../reports/renderers/html/charts.js';
import { CapacitySection } from '../../../reports/renderers/html/capacity-section.js';
import { CurvesSection } from '../../../reports/renderers/html/curves-section.js';
import { DefectsSection } from '../../../reports/renderers/html/defects-section.js';
import { DemoSection } from '../../../reports/renderers/html/demo-section.js';
import { DomainsSection } from '../../../reports/renderers/html/domains-section.js';
import { ErrorsSection } from '../../../reports/renderers/html/errors-section.js';
import { GateSection } from '../../../reports/renderers/html/gate-section.js';
import { Glyph } from '../../../reports/renderers/html/glyph.js';
import { HowSection } from '../../../reports/renderers/html/how-section.js';
import { LabelsSection } from '../../../reports/renderers/html/labels-section.js';
import { NotKnownSection } from '../../../reports/renderers/html/not-known-section.js';
import { OtherModelSection } from '../../../reports/renderers/html/other-model-section.js';
import { PaysSection } from '../../../reports/renderers/html/pays-section.js';
import { Panel, Section } from '../../../reports/renderers/html/section.js';
import { statusGlyph } from '../../../reports/renderers/html/status-glyph.js';
import { RollingSection } from '../../../reports/renderers/html/rolling-section.js';
import { TimeSection } from '../../../reports/renderers/html/time-section.js';
import { ValueSection } from '../../../reports/renderers/html/value-section.js';
import { VerdictSection } from '../../../reports/renderers/html/verdict-section.js';
import { WhereSection } from '../../../reports/renderers/html/where-section.js';
import { charts } from '../../contract/charts.js';
import { runDetail, type RunDetail } from '../../contract/runs.js';
import { download, problemOf } from '../api.js';
import { Link, pathTo } from '../address.js';
import { Crumbs } from '../parts/crumbs.js';
import { Loading, Problem, Ready } from '../parts/states.js';
import { When } from '../parts/when.js';
import { undrawn } from '../undrawn.js';
import { useAnswer } from '../use-answer.js';

/** A run: the sections of its report, each finding leading to its rows. Drawings come after the page. */
export function RunPage({ id }: { id: string }): ReactElement {
  const path = `/runs/${encodeURIComponent(id)}`;
  const detail = useAnswer(path, runDetail);
  const drawn = useAnswer(detail.state === 'ready' ? `${path}/charts` : null, charts);
  return (
    <Ready page of={detail}>
      {(found) => (
        <>
          <Top {...found} />
          <Sections {...found} charts={drawn.state === 'ready' ? drawn.value : null} />
          {drawn.state === 'problem' ? <Problem problem={drawn.problem} /> : null}
        </>
      )}
    </Ready>
  );
}

function Top({ run, report, dataChangedAt }: RunDetail): ReactElement {
  const { study } = report;
  return (
    <>
      <div className="head">
        <Crumbs run={run.id} />
        <Files id={run.id} files={run.files} />
      </div>
      <p className="note">
        <code>{visible(study.name)}</code> {plural(study.rows, 'row')} × {plural(study.columnCount, 'column')}, seed{' '}
        {count(report.how.seed)}. <Link to={pathTo('runs', run.id, 'columns')}>Columns</Link>
        {report.curves.length === 0 ? null : (
          <>
            , <Link to={pathTo('runs', run.id, 'dose')}>doses</Link>
          </>
        )}
        {run.files.includes('recipe.yaml') ? (
          <>
            , <Link to={pathTo('runs', run.id, 'recipe')}>recipe</Link>
          </>
        ) : null}
      </p>
      {dataChangedAt === null ? null : (
        <div className="strip warn-strip">
          <Glyph name="warns" word="" />
          <p>
            <strong>The data changed since this run.</strong> The run began <When at={run.startedAt} />, the file was
            written <When at={dataChangedAt} />, UTC. What stands here is about the data as it was.
          </p>
        </div>
      )}
      {run.cancelled ? (
        <div className="strip warn-strip">
          <Glyph name="stopped" word="" />
          <p>
            <strong>Cancelled.</strong> What was found until then is below
            {report.effects.length === 0
              ? '; nothing was measured'
              : ', and what each repair gains, measured to its end; nothing was chosen or proven'}
            , and no gate can be decided on it.
          </p>
        </div>
      ) : null}
    </>
  );
}

function Files({ id, files }: { id: string; files: readonly string[] }): ReactElement {
  const [problem, setProblem] = useState<string | null>(null);
  const save = (file: string): void => {
    download(`/runs/${encodeURIComponent(id)}/files/${file}`, `${id}-${file}`).catch((thrown: unknown) =>
      setProblem(problemOf(thrown).message),
    );
  };
  return (
    <div className="actions">
      {problem === null ? null : <span className="cost-text">{problem}</span>}
      {files.map((file) => (
        <button key={file} type="button" onClick={() => save(file)}>
          Save {file}
        </button>
      ))}
    </div>
  );
}

function Sections({ run, report, charts }: RunDetail & { charts: Charts | null }): ReactElement {
  const drawings = charts ?? undrawn;
  return (
    <>
      <VerdictSection report={report} charts={drawings} />
      <Findings run={run} report={report} />
      <GateSection report={report} />
      <NotKnownSection report={report} />
      <DefectsSection report={report} charts={drawings} />
      <WhereSection report={report} />
      <ErrorsSection report={report} />
      <DomainsSection report={report} />
      {charts === null ? (
        <Loading />
      ) : (
        <>
          <OtherModelSection report={report} />
          <CurvesSection report={report} charts={charts} />
          <CapacitySection report={report} charts={charts} />
          <ValueSection report={report} charts={charts} />
          <PaysSection report={report} charts={charts} />
          <RollingSection report={report} charts={charts} />
          <Recipe id={run.id} files={run.files} />
          <DemoSection report={report} />
          <TimeSection report={report} charts={charts} />
        </>
      )}
      <LabelsSection report={report} />
      <HowSection report={report} />
    </>
  );
}

/** Defects that flagged rows or cells, each leading to them. */
function Findings({ run, report }: Pick<RunDetail, 'run' | 'report'>): ReactElement | null {
  const found = report.defects.filter((d) => (d.rows?.flagged ?? 0) > 0);
  if (found.length === 0) return null;
  return (
    <Section id="findings" title="Every finding ends in rows">
      <Panel label="Findings">
        <table>
          <caption className="sr">Defects with flagged rows</caption>
          <thead>
            <tr>
              <th scope="col">Defect</th>
              <th scope="col">Found</th>
              <th scope="col" className="number">
                Flagged
              </th>
            </tr>
          </thead>
          <tbody>
            {found.map((d) => (
              <tr key={d.id}>
                <th scope="row">
                  <Glyph {...statusGlyph(statusOf(d))} />
                  <Link to={pathTo('runs', run.id, 'findings', d.id)}>{visible(d.title)}</Link>
                </th>
                <td>{visible(d.findings[0]?.message ?? '')}</td>
                <td className="number">
                  {count(d.rows?.flagged ?? 0)}
                  {d.score === undefined ? null : <span className="small">{percent(d.score)}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    </Section>
  );
}

function Recipe({ id, files }: { id: string; files: readonly string[] }): ReactElement | null {
  if (!files.includes('recipe.yaml')) return null;
  return (
    <p className="actions">
      <Link to={pathTo('runs', id, 'recipe')} className="button">
        Review the recipe, step by step and row by row
      </Link>
    </p>
  );
}
