import type { Attached, Source, TableSource } from '../core/engine.js';
import type { Relation } from '../core/relation.js';
import type { Run } from '../core/run.js';
import type { Study, StudyFile } from '../core/study.js';
import type { RoleOptions } from './roles/assign-roles.js';
import { AssayError } from '../core/errors.js';
import { alignRelations } from './align.js';
import { isClickHouse, parseAddress } from './engines/clickhouse/address.js';
import { assignRoles } from './roles/assign-roles.js';
import { checkTestLabel } from './roles/test-label.js';
import { findFiles } from './sources/find-files.js';
import { checkUnchanged, stampFiles, type Stamp } from './sources/unchanged.js';
import { rowsOfFiles } from './rows-of-files.js';

export interface OpenOptions extends RoleOptions {
  /** Path, glob or folder of the training set, or a table `clickhouse://host/database/table`. */
  readonly train: string;
  readonly test?: string;
  readonly reference?: string;
  /**
   * Days in which labels arrive, 0 or more: younger rows are neither trained on nor scored. Found from the data where
   * absent. It does nothing where there is no time or a test file is given.
   */
  readonly maturity?: number;
  /** What serving logged of the same rows. */
  readonly serve?: string;
  /** Encoding of text files; UTF-8 where absent. */
  readonly encoding?: string;
  /** Whether the first line of a CSV or TSV names the columns; detected where absent. */
  readonly header?: boolean;
  /** Folder for converted copies. */
  readonly cache: string;
}

interface Opened {
  readonly role: StudyFile['role'];
  /** Files, or the table, as reports name them. */
  readonly names: readonly string[];
  readonly attached: Attached;
  /** Its files before they were read; none of a table. */
  readonly stamps: readonly Stamp[];
  /** Ordinal of its first file among all files of the study. */
  readonly firstFile: number;
}

/**
 * Opens a training set, and a test and reference set where given: finds the files, attaches them, and works out what
 * the columns mean. Row keys count files over the whole study, in the order of {@link Study.files}.
 */
export async function openStudy(options: OpenOptions, run: Run): Promise<Study> {
  const train = await open('train', options.train, 0, options, run);
  const test = options.test === undefined ? null : await open('test', options.test, fileAfter(train), options, run);
  const reference =
    options.reference === undefined
      ? null
      : await open('reference', options.reference, fileAfter(test ?? train), options, run);
  const before = reference ?? test ?? train;
  const serving =
    options.serve === undefined ? null : await open('serving', options.serve, fileAfter(before), options, run);
  const others = [test, reference, serving].map(placed);
  const aligned = await alignRelations(train.attached.relation, others, run);
  const roles = await assignRoles(aligned.whole, options, run);
  const testRelation = aligned.others[0] ?? null;
  if (testRelation !== null) await checkTestLabel(testRelation, roles, run);
  const opened = [train, test, reference, serving].filter((o) => o !== null);
  const files = await Promise.all(opened.map((o) => studyFiles(o, run)));
  return {
    files: files.flat(),
    whole: aligned.whole,
    train: aligned.whole,
    evaluation: null,
    test: testRelation,
    reference: aligned.others[1] ?? null,
    serving: aligned.others[2] ?? null,
    roles,
    ...(options.maturity === undefined ? {} : { maturity: options.maturity }),
    split: null,
    unchanged: () => checkUnchanged(opened.flatMap(({ stamps }) => stamps)),
  };
}

async function open(
  role: StudyFile['role'],
  path: string,
  firstFile: number,
  options: OpenOptions,
  run: Run,
): Promise<Opened> {
  const { names, source } = isClickHouse(path) ? tableSource(path, options, run) : await fileSource(path, options);
  const stamps = await stampFiles('files' in source ? source.files : []);
  const attached = await run.engine.attach(source, run);
  if (attached.rejects !== null)
    run.log(`${attached.rejects.rows} malformed lines of ${path} were set aside in ${attached.rejects.path}`);
  return { role, names, attached, stamps, firstFile };
}

interface Named {
  readonly names: readonly string[];
  readonly source: Source | TableSource;
}

async function fileSource(path: string, options: OpenOptions): Promise<Named> {
  const { names, ...files } = await findFiles(path);
  const source: Source = {
    ...files,
    cache: options.cache,
    ...(options.encoding === undefined ? {} : { encoding: options.encoding }),
    ...(options.header === undefined ? {} : { header: options.header }),
  };
  return { names, source };
}

function tableSource(path: string, { key = [] }: OpenOptions, run: Run): Named {
  const { database, table } = parseAddress(path);
  if (run.engine.dialect.name !== 'clickhouse')
    throw new AssayError('option-invalid', {
      option: 'data',
      value: path,
      expected:
        'a file, glob or folder here; a table is what `assay audit` reads, as its training set first of all, and what `assay apply` cleans',
    });
  return { names: [`${database}.${table}`], source: { database, table, key } };
}

function fileAfter(opened: Opened): number {
  return opened.firstFile + opened.names.length;
}

function placed(opened: Opened | null): { relation: Relation; firstFile: number } | null {
  return opened === null ? null : { relation: opened.attached.relation, firstFile: opened.firstFile };
}

async function studyFiles({ role, names, attached }: Opened, run: Run): Promise<StudyFile[]> {
  const rows = await rowsOfFiles(attached.relation, names.length, run);
  return names.map((name, i) => ({
    role,
    name,
    rows: rows[i]!,
    rejected: attached.rejects?.byFile?.[i] ?? 0,
  }));
}
