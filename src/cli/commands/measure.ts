import { Command } from 'commander';
import { runJob, type Depth } from '../../runs/job.js';
import { readPlan } from '../read-plan.js';
import { openData } from '../open-data.js';
import { print } from '../print.js';
import { withSession } from '../session.js';
import { withBudget, withData, withJob, type BudgetOptions, type DataOptions, type JobOptions } from '../options.js';

type MeasureOptions = DataOptions & JobOptions & Partial<BudgetOptions>;

/** `assay run TRAIN`: the main job. */
export function runCommand(): Command {
  const command = measure(
    'run',
    'run',
    'find what is wrong, measure what it costs, prove which repair pays, write it all down',
  );
  return withBudget(command);
}

/** `assay audit TRAIN`: detectors only. */
export function auditCommand(): Command {
  return measure('audit', 'audit', 'find what is wrong; trains only what detectors need');
}

/** `assay ablate TRAIN`: gains, sensitivities and dose-response, without the cleaning chain. */
export function ablateCommand(): Command {
  return withBudget(measure('ablate', 'ablate', 'measure what each repair gains and each defect costs'));
}

function measure(name: string, depth: Depth, description: string): Command {
  const command = new Command(name).description(description).argument('<train>', 'file, glob or folder');
  return withJob(withData(command)).action((train: string, options: MeasureOptions) =>
    execute(train, depth, name, options),
  );
}

async function execute(train: string, depth: Depth, command: string, options: MeasureOptions): Promise<void> {
  const startedAt = new Date();
  const { replay, only } = await readPlan(options.plan);
  const done = await withSession(options, async (run) => {
    const opened = await openData(train, options, run);
    const budget = options.budget ?? 120;
    return runJob(
      { ...opened, depth, command, out: options.out, startedAt, budget, replay, planOnly: only, seed: options.seed },
      run,
    );
  });
  if (done.plan !== null && only) process.stdout.write(`${JSON.stringify(done.plan, null, 2)}\n`);
  if (done.report === null) return;
  await print(done.report, { format: options.format, quiet: options.quiet === true });
  if (options.format === 'text') process.stdout.write(paths(done.folder));
}

function paths(folder: string): string {
  return [`Report   ${folder}/report.html`, `Rows     ${folder}/findings.parquet`, ''].join('\n');
}
