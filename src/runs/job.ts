import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Audit } from '../audit/audit.js';
import type { Defect, Wanted } from '../core/defect.js';
import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import type { TrialPlan } from '../ablation/plan/trial-plan.js';
import type { WantedEncoding } from '../models/encoding/choose-encoding.js';
import type { Demo, How, Report } from '../../reports/model.js';
import type { Policy } from '../gate/policy.js';
import type { Results } from './results.js';
import { renderHtml } from '../../reports/renderers/html/render.js';
import { renderJson } from '../../reports/renderers/json.js';
import { audit } from '../audit/audit.js';
import { version } from '../core/version.js';
import type { CleanedSink } from '../cleaning/files/cleaned-sink.js';
import { storeLists } from '../cleaning/files/lists.js';
import { writeCleaned } from '../cleaning/files/write.js';
import { splitStudy } from '../dataset/split.js';
import { profileColumns } from '../derived/profile.js';
import { flaggedByDomain } from '../derived/slices/by-domain.js';
import { errorSlices } from '../derived/slices/error-slices.js';
import { flaggedSlices } from '../derived/slices/slices.js';
import { timeBuckets } from '../derived/time-buckets.js';
import { documentOf } from './document.js';
import { writeFindings } from './findings.js';
import { gateReport } from './gate.js';
import { openRunFolder, type RunFolder } from './folder.js';
import { measure, type MeasureOptions, type Measurements } from './measure.js';
import { markOpening } from './openings.js';
import { recipeText } from './recipe.js';
import { writeTrials } from './trials.js';
import type { RunRecord } from './record.js';

/** How far a job goes: look; look and measure; look, measure, clean. */
export type Depth = 'audit' | 'ablate' | 'run';

export interface JobInput {
  readonly depth: Depth;
  /** Name of the command, for the record. */
  readonly command: string;
  /** Name of the data, for people. */
  readonly name: string;
  /** Opened, not split. */
  readonly study: Study;
  readonly defects: readonly Defect[];
  /** Folder of runs and cache. */
  readonly out: string;
  /** Where the training set lies and how it was read: what finds its rows again. */
  readonly source?: Omit<NonNullable<RunRecord['source']>, 'hash'>;
  /**
   * On the same engine, with a signal of its own. With it, a job that is cancelled while it measures still writes what
   * it found, and the gains of the repairs where all their trainings had ended; without it a cancelled job writes nothing.
   */
  readonly afterCancel?: Run;
  readonly startedAt: Date;
  readonly seed: number;
  readonly budget: number;
  readonly replay: TrialPlan | null;
  readonly planOnly: boolean;
  /** What is measured, and what is known of the evaluation labels; {@link MeasureOptions} says what stands where absent. */
  readonly asked?: Pick<MeasureOptions, 'studies' | 'curves' | 'worthBudget' | 'labels' | 'trainer'>;
  /** How ids with more values than bins reach the model; `auto` where absent. */
  readonly idEncoding?: WantedEncoding;
  /** Where cleaned files go; below the run's folder where absent. */
  readonly cleanTo?: string;
  /** How cleaned rows are written; one Parquet file where absent. */
  readonly cleanSink?: CleanedSink;
  /** Judges the report, and becomes part of it. */
  readonly policy?: Policy;
  /** Only these measurements are read: what serves none of them is left out, the profile of columns too. */
  readonly wanted?: Wanted;
  /** For the demo: compares what was found with what was planted. */
  readonly truth?: (study: Study, audit: Audit, measured: Measurements, run: Run) => Promise<Demo>;
}

export interface JobResult {
  /** Null when only a plan was asked for. */
  readonly report: Report | null;
  readonly plan: TrialPlan | null;
  /** Folder of the run, relative to the current one where it lies below it. */
  readonly folder: string;
  /** True where it was stopped before it measured all, and kept what it had. */
  readonly cancelled: boolean;
}

/**
 * The main job, and its first halves. Everything it writes appears at once, in one new folder, or not at all.
 */
export async function runJob(input: JobInput, run: Run): Promise<JobResult> {
  const folder = await openRunFolder(input.out, input.startedAt);
  try {
    return await work(input, folder, run);
  } catch (thrown) {
    await folder.discard();
    // A file that changed explains whatever failed after that; an interrupt needs no explanation.
    if (!run.signal.aborted) await input.study.unchanged?.();
    throw thrown;
  }
}

async function work(input: JobInput, folder: RunFolder, run: Run): Promise<JobResult> {
  const study = input.depth === 'audit' ? input.study : await splitStudy(input.study, run);
  const found = await audit(study, input.defects, run, input.wanted);
  const split = study.split === null ? null : splitIdentity(study);
  const measured =
    input.depth === 'audit'
      ? null
      : await measure(
          study,
          input.defects,
          found,
          {
            budget: input.budget,
            replay: input.replay,
            planOnly: input.planOnly,
            clean: input.depth === 'run',
            keepGains: input.afterCancel !== undefined,
            ...input.asked,
            ...(input.idEncoding === undefined ? {} : { encoding: input.idEncoding }),
            openOuter: () => (split === null ? 1 : markOpening(input.out, split, folder.id, run.signal)),
          },
          run,
        ).catch((thrown: unknown) => {
          if (input.afterCancel === undefined || !run.signal.aborted) throw thrown;
          return null;
        });
  if (input.afterCancel === undefined) run.signal.throwIfAborted();
  return writeDown(
    input,
    { study, found, split, measured, cancelled: run.signal.aborted },
    folder,
    input.afterCancel ?? run,
  );
}

/** What a job found and measured, and whether it was stopped before it measured all. */
interface Work {
  readonly study: Study;
  readonly found: Audit;
  readonly split: string | null;
  readonly measured: Measurements | null;
  readonly cancelled: boolean;
}

async function writeDown(input: JobInput, done: Work, folder: RunFolder, run: Run): Promise<JobResult> {
  const { study, found, measured } = done;
  if (input.planOnly && measured !== null) {
    await folder.discard();
    return { report: null, plan: measured.trialPlan, folder: '', cancelled: false };
  }
  const demo = measured === null || input.truth === undefined ? null : await input.truth(study, found, measured, run);
  const results = await resultsOf(input, study, found, measured, demo, run);
  const measuredReport = await documentOf(input.name, study, input.defects, results, run);
  const report = input.policy === undefined ? measuredReport : await judged(measuredReport, input.policy, input);
  await writeFindings(study, found, path.join(folder.draft, 'findings.parquet'), run);
  if (measured?.experiment != null)
    await writeTrials(measured.experiment, path.join(folder.draft, 'trials.parquet'), run.within('write trials'));
  await folder.write('report.json', renderJson(report));
  await folder.write('report.html', await renderHtml(report));
  if (measured !== null) await writeCleaning(study, measured, folder, input, run);
  await folder.write('run.json', `${JSON.stringify(recordOf(input, folder, done, run), null, 2)}\n`);
  run.signal.throwIfAborted();
  await input.study.unchanged?.();
  const final = await folder.publish();
  const relative = path.relative(process.cwd(), final);
  const shown = relative.startsWith('..') ? final : relative;
  return { report, plan: measured?.trialPlan ?? null, folder: shown, cancelled: done.cancelled };
}

async function judged(report: Report, policy: Policy, { study, defects, out }: JobInput): Promise<Report> {
  const columns = study.whole.columns.map((column) => column.name);
  return { ...report, gate: await gateReport(policy, report, defects, columns, out) };
}

async function resultsOf(
  input: JobInput,
  study: Study,
  found: Audit,
  measured: Measurements | null,
  demo: Demo | null,
  run: Run,
): Promise<Results> {
  const profile = run.within('profile');
  const looks = input.wanted === undefined;
  const columns = looks ? await profileColumns(study, found, profile) : [];
  const time = looks ? await timeBuckets(study, found, profile) : [];
  const slices = looks ? await flaggedSlices(study, found, profile) : {};
  const errors = looks ? await errorSlices(study, found, profile) : null;
  const byDomain = looks ? await flaggedByDomain(study, notOfDomains(found, input.defects), profile) : {};
  profile.progress.end();
  return {
    restricted: !looks,
    audit: found,
    asIs: measured?.asIs ?? null,
    effects: measured?.effects ?? [],
    unmeasured: measured?.unmeasured ?? [],
    curves: measured?.curves ?? [],
    studies: measured?.studies ?? null,
    evaluationLabels: measured?.evaluationLabels ?? null,
    otherModel: measured?.otherModel ?? null,
    rolling: measured?.rolling ?? null,
    cleaning: measured?.cleaning ?? null,
    slices,
    errors,
    byDomain,
    columns,
    time,
    demo,
    evaluation: measured?.evaluation ?? null,
    positives: study.split === null ? null : Object.values(study.split.positives).reduce((sum, n) => sum + n, 0),
    how: howOf(input, study, measured),
  };
}

/** What is told of domains anyway is not told by domain once more. */
function notOfDomains(found: Audit, defects: JobInput['defects']): Audit {
  const ofDomains = new Set(defects.filter(({ needs }) => needs.includes('domain')).map(({ id }) => id));
  return new Map([...found].filter(([id]) => !ofDomains.has(id)));
}

function howOf(input: JobInput, study: Study, measured: Measurements | null): How {
  const plan = measured?.trialPlan;
  return {
    seed: input.seed,
    versions: { assay: version },
    plan:
      plan === undefined
        ? {}
        : {
            rows: plan.rows,
            seeds: plan.seeds,
            doses: plan.doses,
            leftOut: [...plan.leftOut, ...(measured?.studies.leftOut ?? [])],
          },
    trainer:
      measured?.experiment == null ? {} : { model: measured.experiment.model, rounds: measured.trialPlan.rounds },
    split: study.split?.reason ?? null,
    trainings: measured?.trainings ?? 0,
  };
}

/** Recipe and its keyed lists always, so that an empty one can be seen; cleaned files only where a step was accepted. */
async function writeCleaning(
  study: Study,
  measured: Measurements,
  folder: RunFolder,
  { cleanTo, cleanSink }: Pick<JobInput, 'cleanTo' | 'cleanSink'>,
  run: Run,
): Promise<void> {
  if (measured.cleaning === null) return;
  const recipe = recipeText(measured.recipe, measured.cleaning, study);
  await folder.write('recipe.yaml', recipe);
  if (measured.recipe.steps.length === 0) return;
  // So that the recipe beside the report can be applied where it lies.
  await storeLists(measured.recipe, folder.draft, run);
  const proof = { ...measured.cleaning.proof };
  const target = cleanTo ?? path.join(folder.draft, 'cleaned');
  await writeCleaned(study, measured.recipe, target, run.within('write cleaned'), {
    recipe,
    proof,
    ...(cleanSink === undefined ? {} : { sink: cleanSink }),
  });
}

/** What makes two splits the same: the same rows, roles and way of cutting. */
function splitIdentity(study: Study): string {
  const { roles, whole, test, split } = study;
  const parts = [whole.hash, test?.hash, roles.label?.column.name, roles.time?.name, roles.user?.name, split?.by];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

function recordOf(
  input: JobInput,
  folder: RunFolder,
  { study, measured, split, cancelled }: Work,
  run: Run,
): RunRecord {
  return {
    id: folder.id,
    command: input.command,
    name: input.name,
    version,
    startedAt: input.startedAt.toISOString(),
    seconds: (Date.now() - input.startedAt.getTime()) / 1000,
    seed: input.seed,
    threads: run.threads,
    files: input.study.files.map((file) => file.name),
    split,
    outerOpened: measured?.cleaning?.proof != null,
    plan: measured?.trialPlan ?? null,
    trainings: measured?.trainings ?? 0,
    ...(input.wanted === undefined ? {} : { wanted: [...input.wanted].sort() }),
    ...(input.source === undefined ? {} : { source: { ...input.source, hash: study.whole.hash } }),
    ...(cancelled ? { cancelled } : {}),
  };
}
