import { Command, Option } from 'commander';
import type { DataComparison } from '../../core/data-comparison.js';
import type { Format, JobOptions } from '../options.js';
import { comparisonHtml } from '../../../reports/comparison/html.js';
import { comparisonMarkdown } from '../../../reports/comparison/markdown.js';
import { comparisonText } from '../../../reports/comparison/text.js';
import { wantedEncodings } from '../../models/encoding/choose-encoding.js';
import { compareData, type CompareDataOptions } from '../compare-data.js';
import { seconds, whole, withColumns, withJob } from '../options.js';
import { withSession } from '../session.js';

/** Fewer would leave the seeds without a variance. */
const fewestPairs = 2;

type CompareOptions = CompareDataOptions & JobOptions;

/** `assay compare BEFORE AFTER`: does AUC differ between two data sets, and which changes explain it? */
export function compareCommand(): Command {
  const command = new Command('compare')
    .description('say whether AUC differs between two data sets, by how much, and which changes explain it')
    .argument('<before>', 'file, glob or folder: A')
    .argument('<after>', 'file, glob or folder: B');
  return withJob(withColumns(command), '.assay', ['text', 'json', 'markdown', 'html'])
    .option('--budget <time>', 'time for trainings, turned once into a number of pairs: 90s, 2m', seconds, 120)
    .option('--pairs <n>', 'pairs of trainings, whatever the budget', whole(fewestPairs))
    .addOption(
      new Option('--id-encoding <how>', 'as for run; what tunes better of rank and te where absent').choices(
        wantedEncodings,
      ),
    )
    .action(execute);
}

async function execute(before: string, after: string, options: CompareOptions): Promise<void> {
  const found = await withSession(options, (run) => compareData(before, after, options, run));
  process.stdout.write(await render(found, options.format));
}

async function render(found: DataComparison, format: Format): Promise<string> {
  if (format === 'json') return `${JSON.stringify(found, null, 2)}\n`;
  if (format === 'markdown') return comparisonMarkdown(found);
  if (format === 'html') return comparisonHtml(found);
  const color = process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '';
  return comparisonText(found, { width: process.stdout.columns ?? 80, color });
}
