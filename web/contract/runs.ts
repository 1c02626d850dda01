import { z } from 'zod';
import type { Report } from '../../reports/model.js';
import { parseReport } from '../../reports/schema.js';
import { plainId } from './page.js';

const limited = z.object({ value: z.number(), low: z.number(), high: z.number() });

/** A run as lists show it. What its files do not tell is null. */
export interface RunSummary {
  readonly id: string;
  readonly name: string;
  readonly command: string | null;
  readonly version: string | null;
  /** ISO time, UTC. */
  readonly startedAt: string | null;
  readonly seconds: number | null;
  /** True for a run that was cancelled and kept what was finished. */
  readonly cancelled: boolean;
  readonly verdict: Pick<Report['verdict'], 'code' | 'sentence' | 'auc'> | null;
  readonly gate: 'passed' | 'warned' | 'failed' | null;
  readonly files: readonly string[];
}

const runSummary: z.ZodType<RunSummary> = z.object({
  id: z.string(),
  name: z.string(),
  command: z.string().nullable(),
  version: z.string().nullable(),
  startedAt: z.string().nullable(),
  seconds: z.number().nullable(),
  cancelled: z.boolean(),
  verdict: z
    .object({
      code: z.enum(['audited', 'nothing-resolved', 'clean', 'repairs-pay', 'measured', 'incomplete']),
      sentence: z.string(),
      auc: z.object({ asIs: limited, repaired: limited.nullable(), gain: limited.nullable() }).nullable(),
    })
    .nullable(),
  gate: z.enum(['passed', 'warned', 'failed']).nullable(),
  files: z.array(z.string()),
});

/** `GET /api/runs`: newest first. */
export interface RunList {
  readonly runs: readonly RunSummary[];
}
export const runList: z.ZodType<RunList> = z.object({ runs: z.array(runSummary) });

/** Names one run, in a path. */
export interface RunPath {
  readonly id: string;
}
export const runPath: z.ZodType<RunPath> = z.object({ id: plainId });

/** `GET /api/runs/:id`: the run and its report document. */
export interface RunDetail {
  readonly run: RunSummary;
  readonly report: Report;
  /** When the data file was last written, ISO, where that was after the run began; null where not, or where it is out of reach. */
  readonly dataChangedAt: string | null;
}

const report: z.ZodType<Report> = z.custom<Report>((value) => {
  try {
    parseReport(value);
    return true;
  } catch {
    return false;
  }
}, 'not a report document of this version');

export const runDetail: z.ZodType<RunDetail> = z.object({
  run: runSummary,
  report,
  dataChangedAt: z.string().nullable(),
});
