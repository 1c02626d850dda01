import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Call, Engine } from '../../../src/core/engine.js';
import type { Relation } from '../../../src/core/relation.js';
import { AssayError } from '../../../src/core/errors.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { findFiles } from '../../../src/dataset/sources/find-files.js';
import { flaggedRows, storedFindings } from '../../../src/dataset/sql/shapes/stored-findings.js';
import type { RunFile } from '../runs/run-file.js';

/** The data behind a run: as the run read it, changed since, or not to be had. */
export type RunData =
  | { readonly state: 'as-run'; readonly relation: Relation; readonly flagged: string }
  | { readonly state: 'changed' | 'absent' };

/** Tables of the runs looked at last, in an engine of bounded memory that spills to disk. */
export interface Tables {
  readonly engine: Engine;
  /** A call of this server; it ends with `signal`, and after half a minute. */
  readonly call: (signal: AbortSignal) => Call;
  /** Name of a table of the findings in a file, or null where the file holds none. */
  findings(run: string, file: string): Promise<string | null>;
  /** The data of a run and a table of its flagged rows; `findings` is the table of the file's findings. */
  data(run: RunFile, findings: string): Promise<RunData>;
  /** The log of changes in a file, attached; null where it holds none. */
  changes(run: string, file: string): Promise<Relation | null>;
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
  const findings = recent<string | null>(
    kept,
    async (_, file) => {
      const attached = await engine
        .attach({ files: [file], format: 'parquet', cache }, forever)
        .catch((thrown: unknown) => ifEmpty(thrown));
      if (attached === null) return null;
      const name = `findings_${++made}`;
      await engine.write(storedFindings(attached.relation), { kind: 'table', name }, forever);
      await drop(attached.relation.name);
      return name;
    },
    async (name) => (name === null ? undefined : drop(name)),
  );
  const data = recent<RunData>(
    kept,
    async (_, table, run: RunFile) => {
      const { source } = run;
      if (source === null || !(await allowed(source.path))) return { state: 'absent' };
      const { names: _names, ...files } = await findFiles(source.path);
      const { path: _path, hash, ...read } = source;
      const { relation } = await engine.attach({ ...files, ...read, cache }, forever);
      if (relation.hash !== hash) return { state: 'changed' };
      const flagged = `flagged_${++made}`;
      await engine.write(flaggedRows(table, relation), { kind: 'table', name: flagged }, forever);
      return { state: 'as-run', relation, flagged };
    },
    async (found) => (found.state === 'as-run' ? drop(found.flagged) : undefined),
  );
  const changes = recent<Relation | null>(
    kept,
    async (_, file) => {
      const attached = await engine
        .attach({ files: [file], format: 'parquet', cache }, forever)
        .catch((thrown: unknown) => ifEmpty(thrown));
      return attached?.relation ?? null;
    },
    async (log) => (log === null ? undefined : drop(log.name)),
  );
  return {
    engine,
    changes: (run, file) => changes(run, file, undefined as never),
    call: (signal) => ({ id: 'serve', signal, timeoutMs: 30_000 }),
    findings: (run, file) => findings(run, file, undefined as never),
    data: (run, table) => data(run.id, table, run),
    close: async () => {
      stop.abort();
      await engine.close();
      await rm(temp, { recursive: true, force: true });
    },
  };
}

/** Makes a value once a key and keeps those used last; what is dropped is let go. A failure is not kept. */
function recent<T>(
  most: number,
  make: (key: string, file: string, run: RunFile) => Promise<T>,
  letGo: (value: T) => Promise<void> | undefined,
): (key: string, file: string, run: RunFile) => Promise<T> {
  const values = new Map<string, Promise<T>>();
  return (key, file, run) => {
    const value = values.get(key) ?? make(key, file, run);
    values.delete(key);
    values.set(key, value);
    value.catch(() => values.delete(key));
    for (const [old, gone] of values) {
      if (values.size <= most) break;
      values.delete(old);
      void gone.then(letGo).catch(() => undefined);
    }
    return value;
  };
}

function ifEmpty(thrown: unknown): null {
  if (thrown instanceof AssayError && thrown.code === 'file-empty') return null;
  throw thrown;
}
