import { Command } from 'commander';
import { listRuns } from '../../runs/history.js';

/** `assay runs`: the runs of a folder, newest first. */
export function runsCommand(): Command {
  return new Command('runs')
    .description('list the runs of a folder, newest first')
    .option('--out <dir>', 'folder that holds the runs', '.assay')
    .action(async (options: { out: string }) => {
      const runs = await listRuns(options.out);
      if (runs.length === 0) process.stdout.write(`No runs in ${options.out}. Make one with: assay run TRAIN\n`);
      for (const { record } of runs) {
        const { id, command, name, seconds, trainings } = record;
        process.stdout.write(`${id}  ${command.padEnd(7)} ${name}  ${seconds.toFixed(0)} s, ${trainings} trainings\n`);
      }
    });
}
