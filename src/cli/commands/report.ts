import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Command, Option } from 'commander';
import { formats, type Format } from '../options.js';
import { parseReport } from '../../../reports/schema.js';
import { findRun } from '../../runs/history.js';
import { print } from '../print.js';

interface ReportOptions {
  readonly format: Format;
  readonly out: string;
}

/** `assay report RUN`: renders a stored run again. */
export function reportCommand(): Command {
  return new Command('report')
    .description('render the report of a run again')
    .argument('<run>', 'id of a run, its folder, or latest')
    .option('--out <dir>', 'folder that holds the runs', '.assay')
    .addOption(new Option('--format <format>').choices(formats).default('text'))
    .action(async (id: string, options: ReportOptions) => {
      const run = await findRun(options.out, id);
      const report = parseReport(JSON.parse(await readFile(path.join(run.folder, 'report.json'), 'utf8')));
      await print(report, { format: options.format });
    });
}
