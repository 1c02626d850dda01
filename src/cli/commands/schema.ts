import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import type { Run } from '../../core/run.js';
import type { Schema } from '../../derived/schema/schema.js';
import type { Change, SchemaDiff } from '../../derived/schema/diff/change.js';
import type { DataOptions, JobOptions } from '../options.js';
import { migrationRecipe } from '../../comparing/migration-recipe.js';
import { AssayError } from '../../core/errors.js';
import { diffSchemas } from '../../derived/schema/diff/diff.js';
import { changeSentence } from '../../derived/schema/diff/sentence.js';
import { inferSchema } from '../../derived/schema/infer.js';
import { printSchema } from '../../derived/schema/print.js';
import { readSchema } from '../../derived/schema/schema-file.js';
import { openStudy } from '../../dataset/open.js';
import { readConfig } from '../config.js';
import { openOptions } from '../open-data.js';
import { withColumns, withJob } from '../options.js';
import { withSession } from '../session.js';

type SchemaOptions = DataOptions &
  JobOptions & {
    readonly write?: string;
    readonly diff?: string;
    readonly migration?: string;
    readonly rename?: Readonly<Record<string, string>>;
  };

/** `assay schema DATA`: what a data set is expected to be; with `--diff`, what became of it in another version. */
export function schemaCommand(): Command {
  const command = new Command('schema')
    .description('infer a schema to edit and check data against; or say what changed between two versions')
    .argument('<data>', 'file, glob or folder; with --diff also a schema file')
    .option('--write <file>', 'write the schema there instead of printing it')
    .option('--diff <other>', 'a later version, data or schema file: what changed, and can the first be read as it?')
    .option(
      '--migration <file>',
      'with --diff: write the recipe that makes data of the first version data of the other',
    )
    .option('--rename <pairs>', 'with --diff: columns that are known to be renamed: old=new,old=new', pairs);
  return withJob(withColumns(command), '.assay', ['text', 'json']).action(execute);
}

/** A version of a table: its schema, and the content hash of the data where there is data. */
interface Version {
  readonly schema: Schema;
  readonly source: string;
}

async function execute(data: string, options: SchemaOptions): Promise<void> {
  if (options.diff === undefined) return infer(data, options);
  const other = options.diff;
  const [a, b] = await withSession(options, async (run) => {
    return [await versionOf(data, options, run), await versionOf(other, options, run)] as const;
  });
  const found = diffSchemas(
    a.schema,
    b.schema,
    options.rename === undefined ? {} : { renames: checked(options.rename, a.schema, b.schema) },
  );
  const names = { a: path.basename(data), b: path.basename(other) };
  process.stdout.write(
    options.format === 'json'
      ? `${JSON.stringify({ assay: '1', document: 'schema-diff', ...names, ...found }, null, 2)}\n`
      : diffText(found, names),
  );
  if (options.migration !== undefined) {
    const text = migrationRecipe(found, names, { source: a.source, rows: a.schema.made.rows });
    await create(options.migration, text);
    if (options.format === 'text')
      process.stdout.write(`Wrote ${options.migration}. Next: assay apply ${options.migration} ${data} --out DIR\n`);
  }
  if (found.verdict === 'breaking') process.exitCode = 1;
}

async function infer(data: string, options: SchemaOptions): Promise<void> {
  if (isSchemaFile(data))
    throw new AssayError('option-invalid', {
      option: 'DATA',
      value: data,
      expected: 'data, or --diff with another version',
    });
  const { schema } = await withSession(options, (run) => versionOf(data, options, run));
  const text = options.format === 'json' ? `${JSON.stringify(schema, null, 2)}\n` : printSchema(schema);
  if (options.write === undefined) {
    process.stdout.write(text);
    return;
  }
  await create(options.write, text);
  process.stdout.write(`Wrote ${options.write}. Look at it, then: assay audit ${data} --schema ${options.write}\n`);
}

async function versionOf(named: string, options: SchemaOptions, run: Run): Promise<Version> {
  if (isSchemaFile(named)) return { schema: await readSchema(named), source: '' };
  const config = await readConfig(options.config, named);
  const { test: _, reference: __, serve: ___, ...open } = openOptions(named, options, config);
  const study = await openStudy(open, run);
  return { schema: await inferSchema(study, run), source: study.whole.hash };
}

function isSchemaFile(named: string): boolean {
  return /\.ya?ml$/i.test(named);
}

function checked(renames: Readonly<Record<string, string>>, a: Schema, b: Schema): Readonly<Record<string, string>> {
  for (const [from, to] of Object.entries(renames)) {
    for (const [name, { columns }] of [
      [from, a],
      [to, b],
    ] as const) {
      if (!columns.some((column) => column.name === name))
        throw new AssayError('option-invalid', {
          option: '--rename',
          value: `${from}=${to}`,
          expected: `OLD=NEW; there is no column ${JSON.stringify(name)} in the ${name === from ? 'first' : 'other'} version`,
        });
    }
  }
  return renames;
}

const verdicts: Readonly<Record<SchemaDiff['verdict'], string>> = {
  same: 'nothing changed',
  compatible: 'compatible: the first can be read as it is',
  migratable: 'breaking, with a migration: --migration FILE writes it',
  breaking: 'breaking: no migration makes the first readable',
};

function diffText(found: SchemaDiff, { a, b }: { readonly a: string; readonly b: string }): string {
  const lines = found.changes.map((change) => `  ${markOf(change)}  ${changeSentence(change)}${sureness(change)}`);
  const reasons = found.changes.flatMap(({ refused }) =>
    refused === undefined ? [] : [`  Not to be migrated: ${refused}.`],
  );
  return [`${a} → ${b}: ${verdicts[found.verdict]}.`, ...lines, ...reasons, ''].join('\n');
}

function markOf(change: Change): string {
  return change.refused !== undefined ? 'breaks  ' : change.compatible ? 'fits    ' : 'migrates';
}

function sureness({ confidence }: Change): string {
  return confidence < 1 ? ` (confidence ${confidence})` : '';
}

/** `a=b,c=d`; a name may hold anything but the two signs. */
function pairs(value: string): Readonly<Record<string, string>> {
  const parts = value.split(',').map((part) => part.split('='));
  if (parts.some((part) => part.length !== 2 || part.some((name) => name.trim() === '')))
    throw new InvalidArgumentError('Expected old=new, several separated by commas.');
  return Object.fromEntries(parts.map(([from, to]) => [from!.trim(), to!.trim()]));
}

/** Never over a file that is there. */
async function create(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: 'wx' }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EEXIST') throw new AssayError('output-exists', { path: file }, { cause });
    throw new AssayError('output-unwritable', { path: file, reason: cause.message }, { cause });
  });
}
