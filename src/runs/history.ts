import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { AssayError } from '../core/errors.js';
import { runRecord, type RunRecord } from './record.js';

/** A finished run and where it lies. */
export interface PastRun {
  readonly record: RunRecord;
  readonly folder: string;
}

/** All finished runs under `<out>/runs`, newest first. Folders that are not runs are passed over. */
export async function listRuns(out: string): Promise<readonly PastRun[]> {
  const runs = path.join(path.resolve(out), 'runs');
  const names = await readdir(runs).catch(() => []);
  const read = names.filter((name) => !name.startsWith('.')).map((name) => readRun(path.join(runs, name)));
  const found = (await Promise.all(read)).filter((run) => run !== null);
  return found.sort((a, b) => (a.record.id < b.record.id ? 1 : -1));
}

/**
 * The run with the given id, the newest for `latest`, or the one whose folder is given.
 *
 * @throws AssayError `run-not-found`
 */
export async function findRun(out: string, id: string): Promise<PastRun> {
  const direct = await readRun(path.resolve(id));
  if (direct !== null) return direct;
  const runs = await listRuns(out);
  const found = id === 'latest' ? runs[0] : runs.find((run) => run.record.id === id);
  if (found === undefined) throw new AssayError('run-not-found', { id, folder: out });
  return found;
}

async function readRun(folder: string): Promise<PastRun | null> {
  const text = await readFile(path.join(folder, 'run.json'), 'utf8').catch(() => null);
  if (text === null) return null;
  const record = runRecord.safeParse(parseJson(text));
  return record.success ? { record: record.data, folder } : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
