import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Call, Engine } from '../../../src/core/engine.js';
import type { Relation } from '../../../src/core/relation.js';
import { AssayError } from '../../../src/core/errors.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { findFiles } from '../../../src/dataset/sources/find-files.js';
import {
  flaggedRows,
  groupsOfFindings,
  storedFindings,
  type FindingTables,
} from '../../../src/dataset/sql/shapes/stored-findings.js';
import { recent } from '../recent.js';
import { stampOfData } from '../runs/data-changed.js';
import type { RunFile } from '../runs/run-file.js';
import { createOrders, type Orders } from './orders.js';

/** The data behind a run: as the run read it, changed since, or not to be had. */
export type RunData =
  | { readonly state: 'as-run'; readonly relation: Relation; readonly flagged: string }
  | { readonly state: 'changed' | 'absent' };

/** Tables of the runs looked at last, in an engine of bounded memory that spills to disk. */
export interface Tables {
  readonly engine: Engine;
  /** A call of this server; it ends with `signal`, and after half a minute. */
  readonly call: (signal: AbortSignal) => Call;
  /** Works with the tables of the findings in a file, null where it holds none; they stay for as long as that takes. */
  findings<R>(run: string, file: string, work: (tables: FindingTables | null) => Promise<R>): Promise<R>;
  /** Makes the same tables and sorts them, while nobody waits; whoever then asks for them is told what failed. */
  prepare(run: string, file: string): void;
  /** A window of the findings of such tables. */
  readonly page: Orders['page'];
  /** Works with the data of a run and a table of its flagged rows; `findings` are the tables of the file's findings. */
  data<R>(run: RunFile, findings: FindingTables, work: (data: RunData) => Promise<R>): Promise<R>;
  /** Works with the log of changes in a file, attached; null where it holds none. */
  changes<R>(run: string, file: string, work: (log: Relation | null) => Promise<R>): Promise<R>;
  close(): Promise<void>;
}

/** Runs whose tables are kept at once. */
const kept = 4;

/** `cache` is the folder of converted copies; `allowed` says whether a path may be read. */
export async function openTables(cache: string, allowed: (file: string) => Promise<boolean>): Promise<Tables> {
  const temp = await mkdtemp(path.join(tmpdir(), 'assay-serve-'));
  const engine = await createDuckDb({ memory: '1GB', threads: 2, temp });
  const stop = new AbortController();
  const forever: Call = { id: 'serve', signal: stop.signal, timeoutMs: 120_000 };
  const drop = (name: string): Promise<void> => engine.drop(name, forever);
  let made = 0;
  const attached = async (file: string): Promise<Relation | null> => {
    const found = await engine.attach({ files: [file], format: 'parquet', cache }, forever).catch(ifEmpty);
    return found?.relation ?? null;
  };
  const findingsIn = async (file: string): Promise<FindingTables | null> => {
    const relation = await attached(file);
    if (relation === null) return null;
    const found = { rows: `findings_${++made}`, groups: `finding_groups_${made}` };
    await engine.write(groupsOfFindings(relation), { kind: 'table', name: found.groups }, forever);
    await engine.write(storedFindings(relation, found.groups), { kind: 'table', name: found.rows }, forever);
    await drop(relation.name);
    return found;
  };
  const dataOf = async ({ source }: RunFile, found: FindingTables): Promise<RunData> => {
    if (source === null || !(await allowed(source.path))) return { state: 'absent' };
    const { names: _names, ...files } = await findFiles(source.path);
    const { path: _path, hash, ...read } = source;
    const { relation } = await engine.attach({ ...files, ...read, cache }, forever);
    if (relation.hash !== hash) return { state: 'changed' };
    const flagged = `flagged_${++made}`;
    await engine.write(flaggedRows(found, relation), { kind: 'table', name: flagged }, forever);
    return { state: 'as-run', relation, flagged };
  };
  const findings = recent<FindingTables | null>(kept, async (found) => {
    for (const name of found === null ? [] : [found.rows, found.groups]) await drop(name);
  });
  const data = recent<RunData>(kept, (found) => (found.state === 'as-run' ? drop(found.flagged) : undefined));
  const changes = recent<Relation | null>(kept, (log) => (log === null ? undefined : drop(log.name)));
  const orders = createOrders(engine, forever);
  // One after the other, and only of the run that was opened last, so that opening many takes the memory of one.
  let preparing: Promise<unknown> = Promise.resolve();
  let opened = '';
  const prepare = (run: string, file: string): Promise<void> =>
    findings.use(
      run,
      () => findingsIn(file),
      (found) => (found === null ? undefined : orders.layOut(found)),
    );
  return {
    engine,
    changes: (run, file, work) => changes.use(run, () => attached(file), work),
    call: (signal) => ({ id: 'serve', signal, timeoutMs: 30_000 }),
    findings: (run, file, work) => findings.use(run, () => findingsIn(file), work),
    prepare: (run, file) => {
      opened = run;
      preparing = preparing.then(() => (opened === run ? prepare(run, file) : undefined)).catch(() => undefined);
    },
    page: (...asked) => orders.page(...asked),
    data: async (run, found, work) => data.use(`${run.id} ${await stampOfData(run)}`, () => dataOf(run, found), work),
    close: async () => {
      stop.abort();
      await preparing;
      await engine.close();
      await rm(temp, { recursive: true, force: true });
    },
  };
}

function ifEmpty(thrown: unknown): null {
  if (thrown instanceof AssayError && thrown.code === 'file-empty') return null;
  throw thrown;
}
