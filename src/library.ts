import type { Report } from '../reports/model.js';
import type { Undone } from './cleaning/undo/undo.js';
import type { UndoOptions } from './cleaning/undo/selection.js';
import type { DataComparison } from './core/data-comparison.js';
import type { Defect } from './core/defect.js';
import type { Run } from './core/run.js';
import type { OpenOptions } from './dataset/open.js';
import type { Depth } from './runs/job.js';
import path from 'node:path';
import { defects as registry } from '../analyzers/index.js';
import { openBoth } from './comparing/both.js';
import { compare as compareBoth } from './comparing/compare.js';
import { undo as undoCleaning } from './cleaning/undo/undo.js';
import { createRun } from './core/run.js';
import { createDuckDb } from './dataset/engines/duckdb/engine.js';
import { openStudy } from './dataset/open.js';
import { runJob } from './runs/job.js';

/** What every entry point may be told; roles that are left out are inferred. */
export interface LibraryOptions extends Omit<OpenOptions, 'cache'> {
  /** Defects to look for; all that Assay knows where absent. */
  readonly defects?: readonly Defect[];
  /** Folder of runs and converted copies; `.assay` where absent. */
  readonly out?: string;
  /** Seed of every draw; 1 where absent. A run that is given has its own. */
  readonly seed?: number;
}

export interface MeasureOptions extends LibraryOptions {
  /** Seconds for trainings; 120 where absent. */
  readonly budget?: number;
}

export interface CleanOptions extends MeasureOptions {
  /** Folder for the cleaned files, which must not exist; below the run's folder where absent. */
  readonly to?: string;
}

export interface Measured {
  readonly report: Report;
  /** Folder of the run, with `report.html` and `findings.parquet`. */
  readonly folder: string;
}

/** Looks for defects; trains only what detectors need. @throws AssayError for bad input or environment. */
export function audit(options: LibraryOptions, run?: Run): Promise<Measured> {
  return job('audit', options, run);
}

/** Looks, and measures what repairs gain and what defects cost. @throws AssayError as {@link audit}. */
export function ablate(options: MeasureOptions, run?: Run): Promise<Measured> {
  return job('ablate', options, run);
}

/** Looks, measures, and writes cleaned files where a repair is proven to pay. @throws AssayError as {@link audit}. */
export function clean(options: CleanOptions, run?: Run): Promise<Measured> {
  return job('run', options, run);
}

/** Takes a cleaning back, whole or in part, into a new file. @throws AssayError `undo-refused` and others. */
export function undo(folder: string, out: string, part: UndoOptions = {}, run?: Run): Promise<Undone> {
  return withRun(undefined, run, (own) => undoCleaning(folder, out, part, own));
}

export interface CompareOptions extends LibraryOptions {
  /** Path, glob or folder of A, the data set before; `train` is B. */
  readonly before: string;
  /** Seconds for trainings; 120 where absent. */
  readonly budget?: number;
  /** Pairs of trainings whatever the budget, at least 2. */
  readonly pairs?: number;
}

/** Does AUC differ between two data sets, and which changes explain it? @throws AssayError as {@link audit}. */
export function compare(options: CompareOptions, given?: Run): Promise<DataComparison> {
  const { before, defects = registry, out = '.assay', seed = 1, budget = 120, pairs, ...open } = options;
  return withRun(seed, given, async (run) => {
    const both = await openBoth({ ...open, cache: path.join(out, 'cache') }, before, run);
    const names = { a: path.basename(before), b: path.basename(open.train) };
    return compareBoth(both, { names, defects, budget, seed, ...(pairs === undefined ? {} : { pairs }) }, run);
  });
}

async function job(depth: Depth, options: CleanOptions, given: Run | undefined): Promise<Measured> {
  const { defects = registry, out = '.assay', seed = 1, budget = 120, to, ...open } = options;
  const startedAt = new Date();
  return withRun(seed, given, async (run) => {
    const study = await openStudy({ ...open, cache: path.join(out, 'cache') }, run);
    const input = { depth, command: 'library', name: path.basename(open.train), study, defects, out, startedAt, seed };
    const where = to === undefined ? {} : { cleanTo: path.resolve(to) };
    const { report, folder } = await runJob({ ...input, ...where, budget, replay: null, planOnly: false }, run);
    return { report: report!, folder };
  });
}

/** Runs `work` with the run that was given, or with one of its own that is closed whatever happens. */
async function withRun<T>(
  seed: number | undefined,
  given: Run | undefined,
  work: (run: Run) => Promise<T>,
): Promise<T> {
  if (given !== undefined) return work(given);
  const engine = await createDuckDb();
  const run = createRun({ engine, ...(seed === undefined ? {} : { seed }) });
  try {
    return await work(run);
  } finally {
    await run.close();
    await engine.close();
  }
}
