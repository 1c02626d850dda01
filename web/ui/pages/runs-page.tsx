import { useEffect, useState, type ReactElement } from 'react';
import { absent, auc, capital, change, cut, interval, plural, visible, word } from '../../../reports/format.js';
import { Glyph, type GlyphName } from '../../../reports/renderers/html/glyph.js';
import { Panel } from '../../../reports/renderers/html/section.js';
import { jobList, type Job } from '../../contract/jobs.js';
import { runList, type RunSummary } from '../../contract/runs.js';
import { go, Link, pathTo, withQuery } from '../address.js';
import { byDataset } from '../by-dataset.js';
import { jobName } from '../job-name.js';
import { DatasetsPanel } from '../parts/datasets-panel.js';
import { Empty, Ready } from '../parts/states.js';
import { duration, When } from '../parts/when.js';
import { useAnswer } from '../use-answer.js';

/** Runs drawn at once; the filter finds the rest. */
const shown = 200;

/** All runs, newest first, and those that go on. The list is asked for again while one does. */
export function RunsPage({ query }: { query: URLSearchParams }): ReactElement {
  const [round, setRound] = useState(0);
  const runs = useAnswer('/runs', runList, round);
  const jobs = useAnswer('/jobs', jobList, round);
  const going = jobs.state === 'ready' && jobs.value.jobs.some((j) => j.state === 'running');
  useEffect(() => {
    if (!going) return undefined;
    const timer = setTimeout(() => setRound((n) => n + 1), 3000);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- each round waits for the next
  }, [going, round]);
  return (
    <Ready page of={runs}>
      {({ runs: all }) => (
        <div className="stack">
          <Head runs={all} />
          <Ready of={jobs}>{(list) => <Jobs jobs={list.jobs} />}</Ready>
          {all.length === 0 ? null : <DatasetsPanel runs={all} />}
          {all.length === 0 ? <First /> : <List runs={all} query={query} />}
        </div>
      )}
    </Ready>
  );
}

function Head({ runs }: { runs: readonly RunSummary[] }): ReactElement {
  return (
    <div className="head">
      <h1>{heading(runs)}</h1>
      <Link to="/runs/new" className="button primary">
        Start a run
      </Link>
    </div>
  );
}

function heading(runs: readonly RunSummary[]): string {
  if (runs.length === 0) return 'There is no run in this folder yet';
  const datasets = byDataset(runs);
  const failing = datasets.filter(([, [last]]) => last?.gate === 'failed').length;
  if (failing > 0) {
    const of =
      datasets.length === 1 ? 'The data set' : `${capital(word(failing))} of ${word(datasets.length)} data sets`;
    return `${of} ${failing === 1 ? 'fails its gate' : 'fail their gates'}`;
  }
  const pay = runs.filter((r) => r.verdict?.code === 'repairs-pay').length;
  const all = `${capital(word(runs.length))} ${runs.length === 1 ? 'run' : 'runs'}`;
  return pay === 0 ? all : `${all}; in ${word(pay)} a repair pays`;
}

function First(): ReactElement {
  return (
    <Empty>
      <Link to="/runs/new">Start one</Link> from a CSV or Parquet file, or make one with <code>assay demo</code>.
    </Empty>
  );
}

/** Runs in the making, those that did not end well, and data sets that were compared. */
function Jobs({ jobs }: { jobs: readonly Job[] }): ReactElement {
  return (
    <>
      <JobList title="Running and stopped" jobs={jobs.filter((j) => j.state !== 'done').slice(0, 5)} />
      <JobList title="Data sets compared" jobs={jobs.filter((j) => j.compared !== null).slice(0, 10)} />
    </>
  );
}

function JobList({ title, jobs }: { title: string; jobs: readonly Job[] }): ReactElement | null {
  if (jobs.length === 0) return null;
  return (
    <Panel label={title}>
      <h2>{title}</h2>
      <ul className="findings">
        {jobs.map((job) => (
          <li key={job.id}>
            <Glyph name={jobGlyphs[job.state]} word={job.state} />
            <span>
              <Link to={pathTo(job.compared === null ? 'jobs' : 'comparisons', job.id)}>{jobName(job.request)}</Link>{' '}
              {job.compared === null ? job.state : visible(job.compared)}{' '}
              <span className="faint">
                <When at={job.startedAt} /> {job.problem === null ? '' : visible(job.problem)}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const jobGlyphs: Readonly<Record<Job['state'], GlyphName>> = {
  running: 'not-resolved',
  done: 'passes',
  cancelled: 'stopped',
  failed: 'failed',
  interrupted: 'failed',
};

function List({ runs, query }: { runs: readonly RunSummary[]; query: URLSearchParams }): ReactElement {
  const text = query.get('text') ?? '';
  const chosen = query.getAll('run').slice(0, 2);
  const found = runs.filter((r) =>
    `${r.id} ${r.name} ${r.verdict?.sentence ?? ''}`.toLowerCase().includes(text.toLowerCase()),
  );
  const choose = (id: string): void => {
    const next = chosen.includes(id) ? chosen.filter((c) => c !== id) : [...chosen, id].slice(-2);
    const values = new URLSearchParams(text === '' ? {} : { text });
    for (const one of next) values.append('run', one);
    go(`/?${values.toString()}`, true);
  };
  return (
    <Panel label="Runs">
      <div className="head">
        <div className="filter open">
          <input
            type="search"
            aria-label="Find a run"
            placeholder="Find a run"
            value={text}
            onChange={(e) => go(withQuery({ text: e.target.value === '' ? null : e.target.value }), true)}
          />
        </div>
        <Compare chosen={chosen} runs={runs} />
      </div>
      <table className="runs">
        <caption className="sr">Runs with verdict, AUC and gain</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr">Compare</span>
            </th>
            <th scope="col">Run</th>
            <th scope="col">Data</th>
            <th scope="col">Verdict</th>
            {['AUC as is', 'Repaired', 'Gain', 'Took'].map((h) => (
              <th key={h} scope="col" className="number">
                {h}
              </th>
            ))}
            <th scope="col">Started, UTC</th>
          </tr>
        </thead>
        <tbody>
          {found.slice(0, shown).map((r) => (
            <Row key={r.id} run={r} chosen={chosen.includes(r.id)} choose={choose} />
          ))}
        </tbody>
      </table>
      {found.length === 0 ? (
        <Empty>
          No run matches "{text}": 0 of {plural(runs.length, 'run')}.
        </Empty>
      ) : found.length > shown ? (
        <p className="small">
          The newest {shown} of {found.length}; the filter finds the others.
        </p>
      ) : null}
    </Panel>
  );
}

function Compare({ chosen, runs }: { chosen: readonly string[]; runs: readonly RunSummary[] }): ReactElement {
  if (chosen.length < 2) return <span className="small">Choose two runs to compare them.</span>;
  // The older one comes first.
  const [a, b] = [...chosen].sort((x, y) => place(runs, y) - place(runs, x));
  return (
    <Link to={`/compare?a=${encodeURIComponent(a ?? '')}&b=${encodeURIComponent(b ?? '')}`} className="button">
      Compare the two chosen
    </Link>
  );
}

function place(runs: readonly RunSummary[], id: string): number {
  return runs.findIndex((r) => r.id === id);
}

function Row(props: { run: RunSummary; chosen: boolean; choose: (id: string) => void }): ReactElement {
  const { run, chosen, choose } = props;
  const found = run.verdict?.auc ?? null;
  return (
    <tr>
      <td>
        <input type="checkbox" aria-label={`Compare ${run.id}`} checked={chosen} onChange={() => choose(run.id)} />
      </td>
      <th scope="row">
        <Link to={pathTo('runs', run.id)}>
          <code>{run.id}</code>
        </Link>
      </th>
      <td>
        <code title={visible(run.name)}>{cut(run.name, 28)}</code>
        <span className="small">
          {run.command === null ? '' : visible(run.command)}
          {run.cancelled ? ', cancelled' : ''}
          {run.gate === null ? '' : `, gate ${run.gate}`}
        </span>
      </td>
      <td>
        <Glyph name={run.verdict === null ? 'failed' : glyphs[run.verdict.code]} word="" />
        {run.verdict === null ? 'no report that can be read' : visible(run.verdict.sentence)}
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
      <td className="number">{run.seconds === null ? absent : duration(run.seconds)}</td>
      <td>
        <When at={run.startedAt} />
      </td>
    </tr>
  );
}

const glyphs: Readonly<Record<NonNullable<RunSummary['verdict']>['code'], GlyphName>> = {
  'repairs-pay': 'pays',
  'nothing-resolved': 'not-resolved',
  clean: 'passes',
  measured: 'not-resolved',
  audited: 'not-applicable',
  incomplete: 'failed',
};
