import type { ReactElement } from 'react';
import { absent, auc, capital, change, interval, visible, word } from '../../reports/format.js';
import type { Report } from '../../reports/model.js';
import { Glyph, type GlyphName } from '../../reports/renderers/html/glyph.js';
import { Name } from '../../reports/renderers/html/name.js';
import { Panel } from '../../reports/renderers/html/section.js';
import { TopBar } from '../../reports/renderers/html/top-bar.js';
import type { ListedRun } from './run-folder.js';

/** The runs of the folder, newest first, each with its verdict and its files. */
export function RunsPage({ runs }: { runs: readonly ListedRun[] }): ReactElement {
  return (
    <>
      <TopBar />
      <main id="main" className="plain">
        <h1>{heading(runs)}</h1>
        {runs.length === 0 ? (
          <p className="note">
            Start one with <code>assay run FILE</code>, or look at an example with <code>assay demo</code>.
          </p>
        ) : (
          <Panel label="Runs">
            <Table runs={runs} />
          </Panel>
        )}
      </main>
    </>
  );
}

function heading(runs: readonly ListedRun[]): string {
  if (runs.length === 0) return 'There is no run in this folder yet';
  const pay = runs.filter((r) => r.verdict?.code === 'repairs-pay').length;
  const all = `${capital(word(runs.length))} ${runs.length === 1 ? 'run' : 'runs'}`;
  return pay === 0 ? all : `${all}; in ${word(pay)} a repair pays`;
}

function Table({ runs }: { runs: readonly ListedRun[] }): ReactElement {
  return (
    <table className="runs">
      <caption className="sr">Runs with verdict, AUC, gain and files</caption>
      <thead>
        <tr>
          <th scope="col">Run</th>
          <th scope="col">Data</th>
          <th scope="col">Verdict</th>
          {['AUC as is', 'Repaired', 'Gain'].map((h) => (
            <th key={h} scope="col" className="number">
              {h}
            </th>
          ))}
          <th scope="col">Started, UTC</th>
          <th scope="col">Files</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((r) => (
          <Row key={r.run.id} listed={r} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ listed }: { listed: ListedRun }): ReactElement {
  const { run, verdict, files } = listed;
  const found = verdict?.auc ?? null;
  return (
    <tr>
      <th scope="row">
        {files.includes('report.html') ? (
          <a href={`/runs/${run.id}`}>
            <code>{run.id}</code>
          </a>
        ) : (
          <code>{run.id}</code>
        )}
      </th>
      <td>
        <Name of={run.name} width={28} />
        {run.command === null ? null : <span className="small">{visible(run.command)}</span>}
      </td>
      <td>
        <Glyph name={verdict === null ? 'failed' : glyphs[verdict.code]} word="" />
        {verdict === null ? visible(run.status ?? 'no report') : visible(verdict.sentence)}
      </td>
      <td className="number">{found === null ? absent : auc(found.asIs.value)}</td>
      <td className="number">{found?.repaired == null ? absent : auc(found.repaired.value)}</td>
      <td className="number">
        {found?.gain == null ? (
          absent
        ) : (
          <>
            <strong className={found.gain.value > 0 ? 'gain-text' : 'cost-text'}>{change(found.gain.value)}</strong>
            <span className="small">{interval(found.gain)}</span>
          </>
        )}
      </td>
      <td>{run.startedAt === null ? absent : <Started at={run.startedAt} />}</td>
      <td className="small">
        {files
          .filter((f) => f !== 'report.html')
          .map((f) => (
            <a key={f} href={`/runs/${run.id}/${f}`}>
              {f}
            </a>
          ))}
      </td>
    </tr>
  );
}

const glyphs: Readonly<Record<Report['verdict']['code'], GlyphName>> = {
  'repairs-pay': 'pays',
  'nothing-resolved': 'not-resolved',
  clean: 'passes',
  measured: 'not-resolved',
  audited: 'not-applicable',
  incomplete: 'failed',
};

function Started({ at }: { at: string }): ReactElement {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return <>{visible(at)}</>;
  const iso = date.toISOString();
  return (
    <time dateTime={iso} title={iso}>
      {iso.slice(0, 10)} {iso.slice(11, 16)}
    </time>
  );
}
