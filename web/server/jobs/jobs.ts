import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { builtFile } from '../../../src/core/built-file.js';
import type { News } from '../../../src/core/news.js';
import { jobReport, type Job, type JobReport, type JobRequest } from '../../contract/jobs.js';
import { notFound, Refusal, withoutFolders } from '../problems.js';
import { createEventLog, type EventLog } from './event-log.js';
import { documentOf, readJobs, writeJob } from './job-files.js';
import type { ProcessInput } from './process-input.js';
import { createNewsBoard, type NewsBoard } from './news-board.js';
import { createStepTree, type StepTree } from './step-tree.js';

/** A job of this session: its record, its steps, its events. */
export interface LiveJob {
  readonly job: Job;
  readonly steps: StepTree;
  readonly news: NewsBoard;
  readonly events: EventLog;
  /** Seconds since it began. */
  elapsed(): number;
}

/** Runs started from the dashboard, each in a process of its own. */
export interface Jobs {
  list(): readonly Job[];
  get(id: string): Job;
  /** The job with its events; null for one of an earlier session. */
  live(id: string): LiveJob | null;
  /** `files` are the real paths of what the request names. */
  start(request: JobRequest, files: { readonly file: string; readonly before?: string }): Promise<Job>;
  /** Asks it to stop; what is finished is kept. */
  cancel(id: string): Job;
  /** Stops all and waits for them. */
  close(): Promise<void>;
}

/** Jobs that may go on at once. */
const atOnce = 2;

/** At most five messages a second reach a page. */
const beat = 200;

interface Running extends LiveJob {
  job: Job;
  readonly child: ChildProcess;
  readonly over: Promise<void>;
}

/**
 * Opens the jobs of a folder. Those that an earlier server left running are marked as interrupted: their processes end
 * with their server.
 */
export async function openJobs(folder: string, threads: number): Promise<Jobs> {
  const past = new Map<string, Job>();
  const session = randomBytes(4).toString('hex');
  for (const job of (await readJobs(folder)).toReversed()) {
    const found: Job = job.state === 'running' ? { ...job, state: 'interrupted', endedAt: now() } : job;
    if (found !== job) await writeJob(folder, found);
    past.set(job.id, found);
  }
  const running = new Map<string, Running>();
  const get = (id: string): Job => running.get(id)?.job ?? past.get(id) ?? missing();
  const going = (): number => [...running.values()].filter((r) => r.job.state === 'running').length;
  return {
    list: () => [...past.values(), ...Array.from(running.values(), (r) => r.job)].reverse(),
    get,
    live: (id) => running.get(id) ?? null,
    start: async (request, files) => {
      if (going() >= atOnce)
        throw new Refusal(409, 'busy', 'Two runs are going already. Wait for one to end, or cancel one.');
      if ('plan' in request) planned(request, get(request.plan ?? ''));
      const job = newJob(request);
      const started = begin(job, { ...inputOf(job, folder), ...files, threads }, folder, session);
      running.set(job.id, started);
      await writeJob(folder, job);
      return job;
    },
    cancel: (id) => {
      running.get(id)?.child.kill('SIGINT');
      return get(id);
    },
    close: async () => {
      for (const { child } of running.values()) child.kill('SIGINT');
      const late = setTimeout(() => {
        for (const { child } of running.values()) child.kill('SIGKILL');
      }, 10_000);
      await Promise.all([...running.values()].map((r) => r.over));
      clearTimeout(late);
    },
  };
}

function newJob(request: JobRequest): Job {
  const startedAt = now();
  const id = `${startedAt.slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}-${randomBytes(2).toString('hex')}`;
  return {
    id,
    request,
    state: 'running',
    startedAt,
    endedAt: null,
    run: null,
    plan: null,
    compared: null,
    problem: null,
  };
}

function inputOf({ id, request }: Job, folder: string): Omit<ProcessInput, 'file' | 'threads'> {
  const { dataset: _, ...asked } = request;
  if ('before' in asked)
    return { ...asked, task: 'compare', out: folder, document: documentOf(folder, 'comparisons', id) };
  const { depth, plan, ...told } = asked;
  const followed = plan === undefined ? {} : { plan: documentOf(folder, 'plans', plan) };
  return { ...told, ...followed, task: depth, out: folder, document: documentOf(folder, 'plans', id) };
}

/** A plan holds for the dataset it was made for. */
function planned({ dataset }: JobRequest, by: Job): void {
  if (by.plan === null || by.request.dataset !== dataset)
    throw new Refusal(
      400,
      'request-invalid',
      `Job ${by.id} made no plan for this dataset. Make one, or start without.`,
    );
}

function begin(job: Job, input: ProcessInput, folder: string, session: string): Running {
  const child = fork(builtFile('bin/job-process.js'), [JSON.stringify(input)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
  });
  const began = performance.now();
  const steps = createStepTree();
  const news = createNewsBoard();
  const events = createEventLog(session);
  const elapsed = (): number => Math.round((performance.now() - began) / 100) / 10;
  let written: Written | null = null;
  let problem: string | null = null;
  child.on('message', (message) => {
    const report = jobReport.safeParse(message).data;
    if (report?.kind === 'progress') steps.take(report, elapsed());
    if (report?.kind === 'news') news.take(withoutPaths(report.news));
    if (report !== undefined && isWritten(report)) written = report;
    if (report?.kind === 'problem') problem = withoutFolders(report.message);
  });
  // What native code and Node say on the way out; kept short, and only for the server's own log.
  child.stderr?.resume();
  const tell = (): void => {
    const changed = steps.changed();
    const learned = news.changed();
    if (learned.length > 0) events.add({ kind: 'news', news: learned });
    if (changed.length > 0) events.add({ kind: 'steps', steps: changed, elapsed: elapsed() });
  };
  const timer = setInterval(tell, beat);
  const over = new Promise<void>((resolve) => {
    const end = (code: number | null): void => {
      clearInterval(timer);
      tell();
      running.job = { ...job, endedAt: now(), ...outcome(written, problem, code) };
      void writeJob(folder, running.job)
        .catch(() => undefined)
        .then(() => {
          events.add({ kind: 'end', job: running.job });
          resolve();
        });
    };
    child.once('error', () => end(4));
    child.once('close', end);
  });
  const running: Running = { job, steps, news, events, elapsed, child, over };
  return running;
}

/** Reasons of failures may name files. */
function withoutPaths(news: News): News {
  return news.kind === 'looked' ? { ...news, sentence: withoutFolders(news.sentence) } : news;
}

/** The last word of a job that ended well: what it wrote. */
type Written = JobReport & { kind: 'written' | 'planned' | 'compared' };

function isWritten(report: JobReport): report is Written {
  return report.kind === 'written' || report.kind === 'planned' || report.kind === 'compared';
}

/** What became of a job, from its last words and its exit code. */
function outcome(
  written: Written | null,
  problem: string | null,
  code: number | null,
): Partial<Job> & Pick<Job, 'state'> {
  if (written?.kind === 'written') return { state: written.cancelled ? 'cancelled' : 'done', run: written.run };
  if (written?.kind === 'planned') return { state: 'done', plan: written.plan };
  if (written?.kind === 'compared') return { state: 'done', compared: written.sentence };
  if (code === 130) return { state: 'cancelled', problem: 'Cancelled before anything was finished.' };
  return {
    state: 'failed',
    problem: problem ?? 'The process of the run ended without a word; it may have run out of memory.',
  };
}

function missing(): never {
  throw notFound('job');
}

function now(): string {
  return new Date().toISOString();
}
