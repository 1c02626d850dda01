import { access } from 'node:fs/promises';
import path from 'node:path';
import { Command, Option } from 'commander';
import { cleanedSink, type CleanedFormat } from '../../cleaning/files/cleaned-sink.js';
import { AssayError } from '../../core/errors.js';
import { runJob } from '../../runs/job.js';
import { openData } from '../open-data.js';
import { print } from '../print.js';
import { readPlan } from '../read-plan.js';
import { tableOption, writeOption } from '../write-option.js';
import { withSession } from '../session.js';
import { withBudget, withData, withJob, type BudgetOptions, type DataOptions, type JobOptions } from '../options.js';

type CleanOptions = DataOptions &
  JobOptions &
  BudgetOptions & {
    readonly runs: string;
    readonly write: CleanedFormat | 'input';
    readonly table?: string;
  };

/** `assay clean TRAIN --out DIR`: chooses repairs, proves them, and writes cleaned files with everything to undo them. */
export function cleanCommand(): Command {
  const command = new Command('clean')
    .description('keep the repairs that are proven to pay; write cleaned, quarantine, changes, recipe and proof')
    .argument('<train>', 'file, glob or folder')
    .addOption(writeOption())
    .addOption(tableOption())
    .addOption(new Option('--runs <dir>', 'folder of the run and its report').default('.assay'));
  return withBudget(withJob(withData(command), 'cleaned')).action((train: string, options: CleanOptions) =>
    clean(train, options),
  );
}

async function clean(train: string, options: CleanOptions): Promise<void> {
  await refuseExisting(options.out);
  const startedAt = new Date();
  const { replay, only } = await readPlan(options.plan);
  const done = await withSession(options, async (run) => {
    const opened = await openData(train, { ...options, out: options.runs }, run);
    const { budget, seed } = options;
    const where = {
      out: options.runs,
      cleanTo: path.resolve(options.out),
      cleanSink: await cleanedSink(train, options.write, run, options.table),
    };
    return runJob(
      { ...opened, ...where, depth: 'run', command: 'clean', startedAt, budget, replay, planOnly: only, seed },
      run,
    );
  });
  if (only) process.stdout.write(`${JSON.stringify(done.plan, null, 2)}\n`);
  if (done.report === null) return;
  await print(done.report, { format: options.format, quiet: options.quiet === true });
  if (options.format !== 'text') return;
  const written = done.report.cleaning?.proof?.holds === true;
  process.stdout.write(
    written ? `Cleaned  ${options.out}\n` : 'Cleaned  nothing was written: no repair is proven to pay\n',
  );
}

/** Said before the trainings, not after. */
async function refuseExisting(out: string): Promise<void> {
  const exists = await access(out).then(
    () => true,
    () => false,
  );
  if (exists) throw new AssayError('output-exists', { path: out });
}
