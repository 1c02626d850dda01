import { useEffect, useState, type ReactElement } from 'react';
import { count, visible } from '../../../reports/format.js';
import { Glyph } from '../../../reports/renderers/html/glyph.js';
import { Panel } from '../../../reports/renderers/html/section.js';
import type { News } from '../../../src/core/news.js';
import { secondsLeft } from '../../../src/core/seconds-left.js';
import { job as jobSchema, type Job, type JobEvent, type JobStep } from '../../contract/jobs.js';
import type { Problem as Said } from '../../contract/problem.js';
import { Link, pathTo } from '../address.js';
import { jobName } from '../job-name.js';
import { problemOf, tell } from '../api.js';
import { followJob } from '../job-events.js';
import { Learned } from '../parts/learned.js';
import { Loading, Problem } from '../parts/states.js';
import { duration } from '../parts/when.js';

interface Live {
  readonly job: Job | null;
  readonly steps: ReadonlyMap<string, JobStep>;
  readonly news: ReadonlyMap<string, News>;
  readonly elapsed: number;
}

/** A run in the making: its steps as they come in. Closing the page does not stop it. */
export function JobPage({ id }: { id: string }): ReactElement {
  const [live, setLive] = useState<Live>({ job: null, steps: new Map(), news: new Map(), elapsed: 0 });
  const [problem, setProblem] = useState<Said | null>(null);
  useEffect(() => {
    const gone = new AbortController();
    void followJob(
      id,
      (event) => {
        setProblem(null);
        setLive((before) => taken(before, event));
      },
      (thrown) => setProblem(problemOf(thrown)),
      gone.signal,
    );
    return () => gone.abort();
  }, [id]);
  const { job } = live;
  return (
    <>
      <nav className="crumbs" aria-label="Way here">
        <Link to="/">Runs</Link> / {id}
      </nav>
      {problem === null ? null : <Problem problem={problem} page={job === null} />}
      {job === null ? problem === null ? <Loading page /> : null : <Shown job={job} live={live} />}
    </>
  );
}

function taken(before: Live, event: JobEvent): Live {
  if (event.kind === 'end') return { ...before, job: event.job };
  const news = new Map(event.kind === 'snapshot' ? [] : before.news);
  if (event.kind !== 'steps')
    for (const n of event.news) news.set(n.kind === 'gain' ? `${n.defect}/${n.arm}` : n.defect, n);
  if (event.kind === 'news') return { ...before, news };
  const steps = new Map(event.kind === 'snapshot' ? [] : before.steps);
  for (const step of event.steps) steps.set(step.path.join('\u0000'), step);
  return { job: event.kind === 'snapshot' ? event.job : before.job, steps, news, elapsed: event.elapsed };
}

function Shown({ job, live }: { job: Job; live: Live }): ReactElement {
  const [asked, setAsked] = useState(false);
  const cancel = (): void => {
    setAsked(true);
    tell(pathTo('jobs', job.id, 'cancel'), jobSchema, {}).catch(() => setAsked(false));
  };
  const steps = [...live.steps.values()];
  const now = steps.findLast((s) => s.state === 'running' && s.total !== null);
  return (
    <div className="stack">
      <div className="head">
        <h1>{heading(job)}</h1>
        <div className="actions">
          {job.state === 'running' ? (
            <>
              <span className="small">Safe to close: the run goes on.</span>
              <button type="button" disabled={asked} onClick={cancel}>
                {asked ? 'Stopping …' : 'Cancel'}
              </button>
            </>
          ) : null}
          <Made job={job} />
        </div>
      </div>
      {job.state === 'running' ? <Progress step={now} elapsed={live.elapsed} /> : <Ended job={job} />}
      <div className={live.news.size === 0 ? '' : 'review'}>
        {steps.length === 0 ? null : (
          <Panel label="Steps">
            <ul className="steps-live">
              {steps.map((step) => (
                <Step key={step.path.join('/')} step={step} over={isOver(step, steps, job)} />
              ))}
            </ul>
          </Panel>
        )}
        <Learned news={[...live.news.values()]} />
      </div>
    </div>
  );
}

/** The way to what the job wrote. */
function Made({ job: { id, request, run, plan, compared } }: { job: Job }): ReactElement | null {
  const [to, text] =
    run !== null
      ? [pathTo('runs', run), 'Open the report']
      : compared !== null
        ? [pathTo('comparisons', id), 'Open the comparison']
        : plan !== null
          ? [`/runs/new?${new URLSearchParams({ dataset: request.dataset, plan: id }).toString()}`, 'Open the plan']
          : [null, ''];
  if (to === null) return null;
  return (
    <Link to={to} className="button primary">
      {text}
    </Link>
  );
}

function heading({ state, request }: Job): string {
  const name = jobName(request);
  return {
    running: `Running on ${name}`,
    done: `Done: ${name}`,
    cancelled: `Cancelled: ${name}`,
    failed: `Failed: ${name}`,
    interrupted: `Interrupted: ${name}`,
  }[state];
}

function Progress({ step, elapsed }: { step: JobStep | undefined; elapsed: number }): ReactElement {
  const total = step?.total ?? 0;
  const share = step === undefined || total === 0 ? 0 : Math.min(1, step.done / total);
  const left = step === undefined ? null : secondsLeft(step.done, total, elapsed - step.begun);
  return (
    <div>
      <div
        className="progress"
        role="progressbar"
        aria-label="Progress of the step"
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <i style={{ width: `${share * 100}%` }} />
      </div>
      <p className="small">
        {step === undefined ? 'Opening and looking' : `${step.path.join(', ')}: ${count(step.done)} of ${count(total)}`}
        ; {duration(elapsed)} gone{left === null ? '' : `, about ${duration(left)} left in this step`}
      </p>
    </div>
  );
}

function Ended({ job }: { job: Job }): ReactElement {
  const kept = {
    done: visible(
      job.compared ??
        (job.plan === null
          ? 'The run is written.'
          : 'The plan is made; nothing was trained for it but what was timed.'),
    ),
    cancelled:
      job.run === null
        ? 'Nothing was finished, so nothing was kept.'
        : 'What was finished until then is kept: every finding with its rows, and the gains of the repairs where all their trainings had ended. Nothing is proven and no gate is decided.',
    failed: visible(job.problem ?? ''),
    interrupted: 'The server ended before the run did. Start it again: the same plan and seed give the same report.',
    running: '',
  }[job.state];
  const bad = job.state === 'failed' || job.state === 'interrupted';
  return (
    <div
      className={`strip ${bad ? 'cost-strip' : job.state === 'cancelled' ? 'warn-strip' : 'gain-strip'}`}
      role="status"
    >
      <Glyph name={bad ? 'failed' : job.state === 'cancelled' ? 'stopped' : 'passes'} word="" />
      <p>
        <strong>
          {job.state === 'done' ? 'Done.' : `${job.state.slice(0, 1).toUpperCase()}${job.state.slice(1)}.`}
        </strong>{' '}
        {kept}
      </p>
    </div>
  );
}

/** Steps follow one another: one is over when it ended, or when a later one began that is no part of it. */
function isOver(step: JobStep, steps: readonly JobStep[], job: Job): boolean {
  if (job.state !== 'running' || step.state === 'ended') return true;
  const last = steps.at(-1);
  return last !== undefined && !step.path.every((name, i) => last.path[i] === name);
}

function Step({ step, over }: { step: JobStep; over: boolean }): ReactElement {
  const depth = Math.min(3, step.path.length - 1);
  return (
    <li className={`depth-${depth}${over ? '' : ' running'}`}>
      <span>
        <Glyph name={over ? 'passes' : 'not-resolved'} word={over ? 'over' : 'running'} />
      </span>
      <span>
        {visible(step.path.at(-1) ?? '')}
        {step.total === null ? null : (
          <span className="faint">
            {' '}
            {count(step.done)} of {count(step.total)}
          </span>
        )}
      </span>
      <span className="faint">{step.ended === null ? '' : duration(step.ended - step.begun)}</span>
    </li>
  );
}
