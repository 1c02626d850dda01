import { Command } from 'commander';
import { gateExit } from '../../core/gate.js';
import { isClickHouse } from '../../dataset/engines/clickhouse/address.js';
import { runJob, type Depth, type JobInput } from '../../runs/job.js';
import { readPlan } from '../read-plan.js';
import { openData } from '../open-data.js';
import { print } from '../print.js';
import { readPolicy } from '../read-policy.js';
import { withSession } from '../session.js';
import { runStudies, studyNames } from '../../ablation/plan/studies.js';
import { withBudget, withData, withJob, withStudies, withTrainer } from '../options.js';
import type { BudgetOptions, DataOptions, JobOptions, StudyOptions, TrainerOptions } from '../options.js';
import { planText } from '../../ablation/plan/plan-text.js';

type MeasureOptions = DataOptions &
  TrainerOptions &
  JobOptions &
  Partial<BudgetOptions> &
  StudyOptions & { readonly policy?: string };

/** `assay run TRAIN`: the main job. */
export function runCommand(): Command {
  const command = measure(
    'run',
    'run',
    'find what is wrong, measure what it costs, prove which repair pays, write it all down',
  );
  return withTrainer(withStudies(withBudget(command), runStudies)).option(
    '--policy <file>',
    'also pass or fail by a policy; the exit code says which',
  );
}

/** `assay audit TRAIN`: detectors only. */
export function auditCommand(): Command {
  return measure('audit', 'audit', 'find what is wrong; trains only what detectors need');
}

/** `assay ablate TRAIN`: everything that can be measured, as far as the budget goes, without the cleaning chain. */
export function ablateCommand(): Command {
  const says = 'measure what repairs gain, what defects cost, and what rows and columns are worth';
  return withTrainer(withStudies(withBudget(measure('ablate', 'ablate', says)), studyNames));
}

function measure(name: string, depth: Depth, description: string): Command {
  const command = new Command(name)
    .description(description)
    .argument(
      '<train>',
      depth === 'audit' ? 'file, glob, folder, or clickhouse://host/database/table' : 'file, glob or folder',
    );
  return withJob(withData(command)).action((train: string, options: MeasureOptions) =>
    execute(train, depth, name, options),
  );
}

async function execute(train: string, depth: Depth, command: string, options: MeasureOptions): Promise<void> {
  const startedAt = new Date();
  const { replay, only } = await readPlan(options.plan);
  const policy = options.policy === undefined ? {} : { policy: await readPolicy(options.policy, startedAt) };
  const server = depth === 'audit' && isClickHouse(train) ? { server: train } : {};
  const done = await withSession({ ...options, ...server }, async (run) => {
    const { trainer, ...opened } = await openData(train, options, run);
    const budget = options.budget ?? 120;
    return runJob(
      {
        ...opened,
        ...policy,
        asked: { ...askedOf(options, depth), ...(trainer === undefined ? {} : { trainer }) },
        depth,
        command,
        out: options.out,
        startedAt,
        budget,
        replay,
        planOnly: only,
        seed: options.seed,
      },
      run,
    );
  });
  if (done.plan !== null && only) {
    process.stdout.write(`${JSON.stringify(done.plan, null, 2)}\n`);
    if (options.quiet !== true) process.stderr.write(planText(done.plan));
  }
  if (done.report === null) return;
  await print(done.report, { format: options.format, quiet: options.quiet === true });
  if (options.format === 'text') process.stdout.write(paths(done.folder));
  if (done.report.gate !== undefined) process.exitCode = gateExit[done.report.gate.verdict];
}

function askedOf(options: MeasureOptions, depth: Depth): NonNullable<JobInput['asked']> {
  const { lossBudget, trusted, labelError } = options;
  const curves = options.curves ?? (depth === 'ablate' ? Infinity : undefined);
  const standard = depth === 'ablate' ? studyNames : runStudies;
  const wanted = options.studies ?? standard;
  return {
    // A recipe is chosen by gains.
    studies: depth === 'run' && !wanted.includes('gains') ? ['gains', ...wanted] : wanted,
    ...(curves === undefined ? {} : { curves }),
    ...(lossBudget === undefined ? {} : { worthBudget: lossBudget }),
    labels: {
      ...(trusted === undefined ? {} : { trusted }),
      ...(labelError === undefined ? {} : { noise: labelError }),
    },
  };
}

function paths(folder: string): string {
  return [`Report   ${folder}/report.html`, `Rows     ${folder}/findings.parquet`, ''].join('\n');
}
