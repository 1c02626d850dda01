import { z } from 'zod';
import type { News } from '../../src/core/news.js';
import { datasetId, roleNames, type RoleName } from './datasets.js';
import { plainId } from './page.js';

/** What both kinds of job are told. Roles left out are inferred, as on the command line. */
interface Asked {
  readonly dataset: string;
  readonly roles: Readonly<Partial<Record<RoleName, string>>>;
  /** The label value that counts as 1. */
  readonly positive?: string;
  /** Time for trainings, in seconds. */
  readonly budget: number;
  readonly seed: number;
}

/** A run on a dataset, or the plan of one. */
export interface RunRequest extends Asked {
  /** `audit` looks and trains nothing for it; `plan` says what would be trained; `run` measures, repairs and proves. */
  readonly depth: 'audit' | 'plan' | 'run';
  /** Id of the job that made the plan to follow; made anew where absent. */
  readonly plan?: string;
}

/** Does AUC differ between the dataset and an earlier one, and why? Roles are those of the later one. */
export interface CompareRequest extends Asked {
  readonly before: string;
}

/** `POST /api/jobs` */
export type JobRequest = RunRequest | CompareRequest;

const columnName = z.string().min(1).max(10_000);
const asked = {
  dataset: datasetId,
  roles: z.partialRecord(z.enum(roleNames), columnName),
  positive: z.string().max(1000).exactOptional(),
  budget: z.number().min(1).max(86_400),
  seed: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
};
export const jobRequest: z.ZodType<JobRequest> = z.union([
  z.strictObject({ ...asked, depth: z.enum(['audit', 'plan', 'run']), plan: plainId.exactOptional() }),
  z.strictObject({ ...asked, before: datasetId }),
]);

/** What a run would train, in words, and seconds that the trainings take at most. */
export interface JobPlan {
  readonly lines: readonly { readonly name: string; readonly text: string }[];
  readonly seconds: number;
}
const jobPlan: z.ZodType<JobPlan> = z.object({
  lines: z.array(z.object({ name: z.string(), text: z.string() })),
  seconds: z.number(),
});

/** `cancelled` keeps what is finished; `interrupted` is a job whose server ended before it did. */
export const jobStates = ['running', 'done', 'cancelled', 'failed', 'interrupted'] as const;
export type JobState = (typeof jobStates)[number];

export interface Job {
  readonly id: string;
  readonly request: JobRequest;
  readonly state: JobState;
  /** ISO times, UTC. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** The run it wrote; null while it goes on and where nothing was kept. */
  readonly run: string | null;
  /** The plan it made, where it was asked for one. */
  readonly plan: JobPlan | null;
  /** What a comparison says in one sentence; `GET /api/comparisons/:id` gives the whole. */
  readonly compared: string | null;
  /** Why it failed, in one sentence. */
  readonly problem: string | null;
}
export const job: z.ZodType<Job> = z.object({
  id: plainId,
  request: jobRequest,
  state: z.enum(jobStates),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  run: z.string().nullable(),
  plan: jobPlan.nullable(),
  compared: z.string().nullable(),
  problem: z.string().nullable(),
});

/** `GET /api/jobs`: newest first. */
export interface JobList {
  readonly jobs: readonly Job[];
}
export const jobList: z.ZodType<JobList> = z.object({ jobs: z.array(job) });

export const jobPath: z.ZodType<{ readonly id: string }> = z.object({ id: plainId });

/** What was learned so far; {@link News} says what stands in it. */
export const news: z.ZodType<News> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('looked'),
    defect: z.string(),
    title: z.string(),
    outcome: z.enum(['ok', 'not-applicable', 'failed', 'cancelled']),
    flagged: z.number(),
    sentence: z.string(),
  }),
  z.object({
    kind: z.literal('gain'),
    defect: z.string(),
    arm: z.string(),
    title: z.string(),
    value: z.number(),
    low: z.number(),
    high: z.number(),
    pairs: z.number(),
    settled: z.boolean(),
  }),
]);

/** A step of the work; `path` names it and its parents. */
export interface JobStep {
  readonly path: readonly string[];
  readonly state: 'running' | 'ended';
  readonly done: number;
  readonly total: number | null;
  /** Seconds since the job began, at its start and its end. */
  readonly begun: number;
  readonly ended: number | null;
}
const jobStep: z.ZodType<JobStep> = z.object({
  path: z.array(z.string()),
  state: z.enum(['running', 'ended']),
  done: z.number(),
  total: z.number().nullable(),
  begun: z.number(),
  ended: z.number().nullable(),
});

/**
 * `GET /api/jobs/:id/events`: server-sent events, each with an id. The first is a snapshot, unless the id of the last
 * one seen (`Last-Event-ID`) is known; then what came after it. After `end` the stream closes.
 */
export type JobEvent =
  | {
      readonly kind: 'snapshot';
      readonly job: Job;
      readonly steps: readonly JobStep[];
      readonly news: readonly News[];
      readonly elapsed: number;
    }
  | { readonly kind: 'news'; readonly news: readonly News[] }
  | { readonly kind: 'steps'; readonly steps: readonly JobStep[]; readonly elapsed: number }
  | { readonly kind: 'end'; readonly job: Job };
export const jobEvent: z.ZodType<JobEvent> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('snapshot'),
    job,
    steps: z.array(jobStep),
    news: z.array(news),
    elapsed: z.number(),
  }),
  z.object({ kind: z.literal('news'), news: z.array(news) }),
  z.object({ kind: z.literal('steps'), steps: z.array(jobStep), elapsed: z.number() }),
  z.object({ kind: z.literal('end'), job }),
]);

/** What the process of a job tells its server. */
export const jobReport: z.ZodType<JobReport> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('progress'),
    path: z.array(z.string()),
    state: z.enum(['started', 'advanced', 'ended']),
    done: z.number(),
    total: z.number().nullable(),
  }),
  z.object({ kind: z.literal('news'), news }),
  z.object({ kind: z.literal('written'), run: plainId, cancelled: z.boolean() }),
  z.object({ kind: z.literal('planned'), plan: jobPlan }),
  z.object({ kind: z.literal('compared'), sentence: z.string() }),
  z.object({ kind: z.literal('problem'), message: z.string() }),
]);
export type JobReport =
  | {
      readonly kind: 'progress';
      readonly path: readonly string[];
      readonly state: 'started' | 'advanced' | 'ended';
      readonly done: number;
      readonly total: number | null;
    }
  | { readonly kind: 'news'; readonly news: News }
  | { readonly kind: 'written'; readonly run: string; readonly cancelled: boolean }
  | { readonly kind: 'planned'; readonly plan: JobPlan }
  | { readonly kind: 'compared'; readonly sentence: string }
  | { readonly kind: 'problem'; readonly message: string };
