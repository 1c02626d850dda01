import type { RoleOptions } from '../dataset/roles/assign-roles.js';
import type { WantedEncoding } from '../models/encoding/choose-encoding.js';
import { wantedEncodings } from '../models/encoding/choose-encoding.js';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { studyNames, type StudyName } from '../ablation/plan/studies.js';
import { memoryOption, size } from './memory-option.js';

/** Options that name files and columns, as commander hands them over. */
export interface DataOptions extends RoleOptions {
  readonly test?: string;
  readonly reference?: string;
  readonly serve?: string;
  readonly schema?: string;
  readonly environment?: string;
  /** Days in which labels arrive. */
  readonly maturity?: number;
  readonly encoding?: string;
  readonly header?: boolean;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly config?: string;
}

/** Options on where and how a job runs. */
export interface JobOptions {
  readonly seed: number;
  readonly threads: number;
  readonly memory: string;
  readonly out: string;
  readonly format: Format;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** Options of commands that train. */
export interface BudgetOptions {
  /** Seconds. */
  readonly budget: number;
  /** How ids with more values than bins reach the model. */
  readonly idEncoding?: WantedEncoding;
  /** `true`: print the plan and stop; a path: replay that plan. */
  readonly plan?: string | true;
}

/** Options on what is measured. */
export interface StudyOptions {
  readonly studies?: readonly StudyName[];
  readonly curves?: number;
  /** AUC that a reduction of the training set may cost. */
  readonly lossBudget?: number;
  readonly trusted?: string;
  readonly labelError?: { readonly positives: number; readonly negatives: number };
}

/** Forms of a report on stdout. */
export const formats = ['text', 'json', 'markdown', 'html', 'junit', 'github'] as const;
export type Format = (typeof formats)[number];

/** Adds the options that say what the data is. */
export function withData(command: Command): Command {
  return withColumns(
    command
      .option(
        '--test <file>',
        'evaluation rows; without it the last rows in time, or a fifth of the users, are held out',
      )
      .option('--reference <file>', 'rows of an earlier or serving period, for drift')
      .option('--serve <file>', 'what serving logged of the same rows; joined by --key, cell by cell')
      .option('--schema <file>', 'schema the training rows are checked against, as assay schema writes it')
      .option('--environment <name>', 'which of the environments of the schema they are of (default: training)'),
  );
}

/** Adds the options that say what the columns mean and how the file is read. */
export function withColumns(command: Command): Command {
  return command
    .option('--label <column>', 'the column to predict (default: inferred, with the reason shown)')
    .option('--positive <value>', 'the label value that counts as 1 (default: inferred)')
    .option('--time <column>', 'when the event happened')
    .option('--user <column>', 'whose event it is; intervals take users as the unit')
    .option('--item <column>', 'what was shown')
    .option('--position <column>', 'where it was shown')
    .option('--group <column>', 'session or request; the unit of intervals where there is no user')
    .option('--weight <column>', 'case weights')
    .option('--domain <column>', 'where rows come from (shop, app, country), to compare the sources with one another')
    .option('--key <columns>', 'columns that identify a row, separated by commas; proven unique', names)
    .option('--exclude <columns>', 'columns no model may see, separated by commas', names)
    .option(
      '--maturity <days>',
      'days in which labels arrive; younger rows are left out (default: found from the data)',
      days,
    )
    .option('--encoding <name>', 'encoding of text files (default: utf-8)')
    .option('--no-header', 'the first line of a CSV or TSV is data')
    .option('--only <defects>', 'look for these defects only, separated by commas', names)
    .option('--skip <defects>', 'leave these defects out, separated by commas', names)
    .option('--config <file>', 'roles and options of defects (default: assay.yaml beside the data or here)');
}

/** Adds the options that say how to run. */
export function withJob(command: Command, out = '.assay', forms: readonly Format[] = formats): Command {
  return command
    .option('--seed <n>', 'seed of every draw', whole(0), 1)
    .option('--threads <n>', 'worker threads; results do not depend on it', whole(1), 2)
    .addOption(memoryOption())
    .option('--out <dir>', 'where results go', out)
    .addOption(new Option('--format <format>', 'what is printed on stdout').choices(forms).default('text'))
    .option('--quiet', 'verdict and paths only')
    .option('--verbose', 'log each step to stderr');
}

/** Adds the options of commands that train. */
export function withBudget(command: Command, defaultSeconds = 120): Command {
  return command
    .option('--budget <time>', 'time for trainings, turned once into a plan: 90s, 2m', seconds, defaultSeconds)
    .option('--plan [file]', 'print the plan of trainings and stop; with a file, replay that plan')
    .addOption(
      new Option(
        '--id-encoding <how>',
        'columns of more than 255 levels: by frequency (rank), with means of the label too (te, te-sum, te-pair), what tunes better of rank and te (auto), or of all (best)',
      ).choices(wantedEncodings),
    );
}

/** Options that name a second model. */
export interface TrainerOptions {
  readonly trainer?: string;
  readonly trainerName?: string;
  /** Seconds of one training at most. */
  readonly trainerTime?: number;
  readonly trainerMemory?: string;
}

/** Adds the options of a second model. */
export function withTrainer(command: Command): Command {
  return command
    .option(
      '--trainer <command>',
      'measure gains for a model of yours too: a command that gets {train} {test} {predictions}, run without a shell; or forest',
    )
    .option('--trainer-name <name>', 'what reports call it (default: program and script)')
    .option('--trainer-time <time>', 'limit of one training of it (default: 10m)', seconds)
    .option('--trainer-memory <size>', 'limit of its memory, on Linux (default: 8GB)', size);
}

/** Adds the options that say what is measured; `standard` is what is measured without them. */
export function withStudies(command: Command, standard: readonly StudyName[]): Command {
  return command
    .option(
      '--studies <names>',
      `what is measured, as far as the budget goes: ${studyNames.join(', ')} (default: ${standard.join(',')})`,
      studies,
    )
    .option('--curves <n>', 'dose-response curves at most, or all; those that defects list come first', curves)
    .option('--loss-budget <auc>', 'AUC that fewer rows, days, negatives or columns may cost (default: .001)', share)
    .option('--trusted <column>', 'column that is true where an evaluation label is trusted; gains are shown there too')
    .option(
      '--label-error <a,b>',
      'shares of wrong evaluation labels, among those that say 1 and among those that say 0: .1,.001',
      labelError,
    );
}

function studies(value: string): readonly StudyName[] {
  return names(value).map((name) => {
    const known = studyNames.find((study) => study === name);
    if (known === undefined) throw new InvalidArgumentError(`Expected some of ${studyNames.join(', ')}.`);
    return known;
  });
}

function curves(value: string): number {
  return value === 'all' ? Infinity : whole(0)(value);
}

function share(value: string): number {
  const n = Number(value);
  if (value.trim() === '' || !(n >= 0 && n < 1)) throw new InvalidArgumentError('Expected a number from 0 to below 1.');
  return n;
}

function labelError(value: string): { readonly positives: number; readonly negatives: number } {
  const parts = value.split(',').map(share);
  const [positives, negatives] = parts;
  if (positives === undefined || negatives === undefined || parts.length > 2 || positives + negatives >= 1)
    throw new InvalidArgumentError('Expected two shares whose sum is below 1, separated by a comma.');
  return { positives, negatives };
}

/** Names between commas. */
export function names(value: string): readonly string[] {
  return value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** A whole number from `least` on. */
export function whole(least: number): (value: string) => number {
  return (value) => {
    const n = Number(value);
    if (!Number.isSafeInteger(n) || n < least) throw new InvalidArgumentError(`Expected a whole number from ${least}.`);
    return n;
  };
}

/** A number of days, 0 or more. */
function days(value: string): number {
  const n = Number(value);
  if (!/^[\d.]+$/.test(value) || !Number.isFinite(n))
    throw new InvalidArgumentError('Expected a number of days such as 2 or .5, or 0.');
  return n;
}

/** `90`, `90s`, `2m` or `1h` as seconds. */
export function seconds(value: string): number {
  const match = /^(\d+(?:\.\d+)?)(s|m|h)?$/.exec(value);
  if (match === null || Number(match[1]) <= 0) throw new InvalidArgumentError('Expected a time such as 90s, 2m or 1h.');
  const factor = { s: 1, m: 60, h: 3600 }[match[2] ?? 's'];
  return Number(match[1]) * (factor ?? 1);
}
