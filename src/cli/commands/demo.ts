import path from 'node:path';
import { Command } from 'commander';
import { compareWithTruth } from '../../demo/compare.js';
import { makeDemo } from '../../demo/make.js';
import { runStudies } from '../../ablation/plan/studies.js';
import { openStudy } from '../../dataset/open.js';
import { runJob } from '../../runs/job.js';
import { chooseDefects } from '../open-data.js';
import { print } from '../print.js';
import { withSession } from '../session.js';
import { withBudget, withJob, type BudgetOptions, type JobOptions } from '../options.js';

interface DemoCommandOptions extends JobOptions, BudgetOptions {
  readonly rows: number;
  readonly planted: boolean;
}

/** `assay demo`: makes a click log with planted defects, runs the main job on it, and compares with the truth. */
export function demoCommand(): Command {
  const command = new Command('demo')
    .description('make a click log with planted defects, run on it, and compare with the truth')
    .option('--rows <n>', 'rows before copies are planted', Number, 200_000)
    .option('--no-planted', 'the same log without any defect');
  // Less than the default of a run: the comparison with the truth trains as well.
  return withBudget(withJob(command), 65).action((options: DemoCommandOptions) => demo(options));
}

async function demo(options: DemoCommandOptions): Promise<void> {
  const startedAt = new Date();
  const done = await withSession(options, async (run) => {
    const { rows, seed, planted } = options;
    const folder = path.resolve(options.out, 'demo', `rows-${rows}-seed-${seed}${planted ? '' : '-clean'}`);
    const files = await makeDemo({ rows, seed, folder, planted }, run);
    const study = await openStudy(
      { train: files.train, ...files.roles, cache: path.resolve(options.out, 'cache') },
      run,
    );
    return runJob(
      {
        depth: 'run',
        command: 'demo',
        name: `demo log, ${rows} rows (generated)`,
        study,
        source: { path: files.train },
        defects: chooseDefects({ roles: {}, defects: {} }, {}),
        out: options.out,
        startedAt,
        seed,
        budget: options.budget,
        replay: null,
        planOnly: false,
        asked: { studies: runStudies },
        ...(options.idEncoding === undefined ? {} : { idEncoding: options.idEncoding }),
        truth: (split, audit, measured, inner) =>
          compareWithTruth({ files, study: split, audit, measured, seed }, inner),
      },
      run,
    );
  });
  if (done.report === null) return;
  await print(done.report, { format: options.format, quiet: options.quiet === true });
  if (options.format === 'text') process.stdout.write(`Report   ${done.folder}/report.html\n`);
}
