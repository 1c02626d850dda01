import path from 'node:path';
import { Command, Option } from 'commander';
import type { Applied } from '../../cleaning/apply/apply.js';
import type { Rows } from '../../cleaning/apply/fit.js';
import type { StepFit } from '../../cleaning/apply/step-fit.js';
import { applyRecipe } from '../../cleaning/apply/apply.js';
import { readRecipe } from '../../cleaning/recipe/parse.js';
import type { CleanedFormat } from '../../cleaning/files/cleaned-sink.js';
import { isClickHouse } from '../../dataset/engines/clickhouse/address.js';
import { memoryOption } from '../memory-option.js';
import { names } from '../options.js';
import { tableOption, writeOption } from '../write-option.js';
import { withSession } from '../session.js';

interface ApplyCommandOptions {
  readonly out: string;
  readonly as: Rows;
  readonly write: CleanedFormat | 'input';
  readonly table?: string;
  readonly key?: readonly string[];
  readonly strict?: boolean;
  readonly encoding?: string;
  readonly header?: boolean;
  readonly cache: string;
  readonly memory: string;
  readonly format: 'text' | 'json';
}

/** `assay apply RECIPE DATA --out DIR`: replays a recipe on new data; nothing is fitted. */
export function applyCommand(): Command {
  return new Command('apply')
    .description('replay a recipe on new data; nothing is fitted, and steps that do not fit are told')
    .argument('<recipe>', 'recipe.yaml, as clean wrote it or edited since')
    .argument('<data>', 'file, glob or folder, or a table clickhouse://host[:port]/database/table')
    .requiredOption('--out <dir>', 'folder to write: cleaned, quarantine, changes, manifest; of a table, the manifest')
    .option('--key <columns>', 'columns that identify a row of a table, separated by commas; proven unique', names)
    .addOption(
      new Option('--as <rows>', 'training rows take every step; scored rows the feature map alone, without a label')
        .choices(['train', 'serve'])
        .default('train'),
    )
    .addOption(writeOption())
    .addOption(tableOption('; of a table on a server, the one it is cleaned into (default: its name and _clean)'))
    .option('--strict', 'exit 3 where a step does not fit the data')
    .option('--encoding <name>', 'encoding of text files (default: utf-8)')
    .option('--no-header', 'the first line of a CSV or TSV is data')
    .option('--cache <dir>', 'folder for converted copies of text files', path.join('.assay', 'cache'))
    .addOption(memoryOption())
    .addOption(new Option('--format <format>', 'what is printed on stdout').choices(['text', 'json']).default('text'))
    .action((recipe: string, data: string, options: ApplyCommandOptions) => apply(recipe, data, options));
}

async function apply(file: string, data: string, options: ApplyCommandOptions): Promise<void> {
  const read = await readRecipe(file);
  const { as, write, table, key, strict, encoding, header, cache, memory, out, format } = options;
  const how = {
    rows: as,
    write,
    strict: strict === true,
    folder: path.dirname(path.resolve(file)),
    cache: path.resolve(cache),
    ...(table === undefined ? {} : { table }),
    ...(key === undefined ? {} : { key }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(header === false ? { header } : {}),
  };
  const server = isClickHouse(data) ? { server: data } : {};
  const session = { memory, seed: 1, threads: 2, quiet: true, ...server };
  const applied = await withSession(session, (run) => applyRecipe(read, data, out, how, run));
  process.stdout.write(format === 'json' ? `${JSON.stringify(applied, null, 2)}\n` : textOf(applied, out));
}

function textOf({ rows, changes, tables, steps, notices }: Applied, out: string): string {
  const counts = `${rows.source} rows in, ${rows.cleaned} cleaned, ${rows.quarantine} in quarantine, ${changes} changes`;
  const names = Object.values(tables ?? {}).flatMap((name) =>
    name === null ? [] : [`${name.database}.${name.table}`],
  );
  return [...steps.map(stepLine), `Wrote ${[...names, out].join(', ')}: ${counts}.`, ...notices, ''].join('\n');
}

function stepLine({ step, defect, verb, outcome, units, reason }: StepFit): string {
  const what = units === null ? '' : `, ${units} changed`;
  return `Step ${step}  ${defect} ${verb}: ${outcome}${what}${reason === null ? '' : ` (${reason})`}`;
}
