import { Command, InvalidArgumentError } from 'commander';
import { undo } from '../../cleaning/undo/undo.js';
import { memoryOption } from '../memory-option.js';
import { withSession } from '../session.js';

interface UndoOptions {
  readonly out: string;
  readonly step?: readonly number[];
  readonly defect?: string;
  readonly column?: string;
  readonly row?: string;
  readonly memory: string;
}

/** `assay undo DIR --out FILE`: rebuilds the original, or undoes a part, from the files of a cleaning. */
export function undoCommand(): Command {
  return new Command('undo')
    .description('rebuild the original from the files of a cleaning, whole or in part')
    .argument('<dir>', 'folder that clean wrote')
    .requiredOption('--out <file>', 'file to write; .parquet, .csv or .jsonl')
    .option('--step <ids>', 'undo these steps only, separated by commas', stepIds)
    .option('--defect <id>', 'undo the steps of this defect only')
    .option('--column <name>', 'undo what was done to this column only')
    .option('--row <key>', 'undo what was done to this row only')
    .addOption(memoryOption())
    .action(async (folder: string, options: UndoOptions) => {
      const { out, step, defect, column, row } = options;
      const part = {
        ...(step === undefined ? {} : { step }),
        ...(defect === undefined ? {} : { defect }),
        ...(column === undefined ? {} : { column }),
        ...(row === undefined ? {} : { key: row }),
      };
      const session = { memory: options.memory, seed: 1, threads: 2, quiet: true };
      const result = await withSession(session, (run) => undo(folder, out, part, run));
      process.stdout.write(`Wrote ${out}: ${result.rows} rows.\n`);
      for (const sentence of result.says) process.stdout.write(`${sentence}\n`);
    });
}

function stepIds(text: string): readonly number[] {
  const ids = text.split(',').map(Number);
  if (ids.some((id) => !Number.isSafeInteger(id) || id < 1))
    throw new InvalidArgumentError('Expected step ids such as 2 or 1,3.');
  return ids;
}
