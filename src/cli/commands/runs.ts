import { readFile, writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { AssayError } from '../../core/errors.js';
import { listRuns } from '../../runs/history.js';
import { ledgerOf, type LedgerRun } from '../../runs/ledger/ledger.js';
import { retire } from '../../runs/ledger/retire.js';
import { readReport } from '../../runs/read-report.js';
import { ledgerTable } from '../ledger-table.js';

interface RunsOptions {
  readonly out: string;
  readonly ledger?: boolean;
  readonly last: number;
  readonly retire?: string;
  readonly format: 'text' | 'json';
}

/** `assay runs`: the runs of a folder, newest first; or what each repair and rule brought over them. */
export function runsCommand(): Command {
  return new Command('runs')
    .description('list the runs of a folder, newest first; or what each repair and rule brought over them')
    .option('--out <dir>', 'folder that holds the runs', '.assay')
    .option('--ledger', 'rank repairs and gate rules by what they brought, and name those that do not pay')
    .option('--last <k>', 'tries in which a repair or rule must have paid at least once', tries, 5)
    .option('--retire <file>', 'with --ledger: write the recipe or policy without what does not pay, for review')
    .addOption(new Option('--format <format>', 'of the ledger').choices(['text', 'json']).default('text'))
    .action((options: RunsOptions) => (options.ledger === true ? ledger(options) : list(options)));
}

async function list({ out }: RunsOptions): Promise<void> {
  const runs = await listRuns(out);
  if (runs.length === 0) process.stdout.write(`No runs in ${out}. Make one with: assay run TRAIN\n`);
  for (const { record } of runs) {
    const { id, command, name, seconds, trainings } = record;
    process.stdout.write(`${id}  ${command.padEnd(7)} ${name}  ${seconds.toFixed(0)} s, ${trainings} trainings\n`);
  }
}

async function ledger({ out, last, retire: file, format }: RunsOptions): Promise<void> {
  const runs = await ledgerRuns(out);
  const lines = ledgerOf(runs, last);
  process.stdout.write(
    format === 'json' ? `${JSON.stringify(lines, null, 2)}\n` : ledgerTable(lines, runs.length, last),
  );
  if (file === undefined) return;
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AssayError('file-not-found', { path: file }, { cause });
  });
  const { text: edited, retired } = retire(file, text, lines, last);
  if (retired.length === 0) {
    process.stderr.write(`Nothing of ${file} is to be retired.\n`);
    return;
  }
  const target = file.replace(/(\.ya?ml)?$/, '.retired$1');
  await writeFile(target, edited, { flag: 'wx' }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EEXIST') throw new AssayError('output-exists', { path: target }, { cause });
    throw new AssayError('output-unwritable', { path: target, reason: cause.message }, { cause });
  });
  process.stderr.write(`Wrote ${target} without ${retired.length} that did not pay. Compare it with ${file}.\n`);
}

/** A run whose report cannot be read is passed over. */
async function ledgerRuns(out: string): Promise<readonly LedgerRun[]> {
  const runs = await Promise.all(
    (await listRuns(out)).map(async ({ record: { id, seconds, trainings }, folder }) => {
      const report = await readReport(folder).catch(() => null);
      return report === null ? [] : [{ id, seconds, trainings, report }];
    }),
  );
  return runs.flat();
}

function tries(value: string): number {
  const n = Number(value);
  if (!Number.isSafeInteger(n) || n < 1) throw new InvalidArgumentError('Expected a whole number from 1.');
  return n;
}
