import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { parseReport } from '../../reports/schema.js';
import type { Report } from '../../reports/model.js';
import { parseRunFile, type RunFile } from './run-file.js';

/** Files of a run that are served; no other name is ever joined to a path. */
export const servedFiles = ['report.html', 'report.json', 'findings.parquet'] as const;
export type ServedFile = (typeof servedFiles)[number];

/** A run as the list shows it; `verdict` is null where its report is absent or not readable. */
export interface ListedRun {
  readonly run: RunFile;
  readonly verdict: Report['verdict'] | null;
  readonly files: readonly ServedFile[];
}

/** Largest report.json that is read for the list. */
const maxReportBytes = 64 * 1024 * 1024;

/** The runs of a folder (`<folder>/runs/<id>/`), newest first by start, then by id; empty where there is none. */
export async function listRuns(folder: string): Promise<readonly ListedRun[]> {
  const entries = await readdir(path.join(folder, 'runs'), { withFileTypes: true }).catch(() => []);
  const ids = entries.filter((e) => e.isDirectory() && isRunId(e.name)).map((e) => e.name);
  const runs = await Promise.all(ids.map((id) => readRun(folder, id)));
  const key = (r: ListedRun): string => `${r.run.startedAt ?? ''} ${r.run.id}`;
  return runs.sort((a, b) => (key(a) < key(b) ? 1 : -1));
}

/**
 * The real path of a served file, or null: the id must look like one, and after all symbolic links are followed the
 * file must lie in the real folder of that run, which must lie in the real folder of runs.
 */
export async function servedPath(folder: string, id: string, file: ServedFile): Promise<string | null> {
  if (!isRunId(id)) return null;
  try {
    const runs = await realpath(path.join(folder, 'runs'));
    const run = await realpath(path.join(runs, id));
    const found = await realpath(path.join(run, file));
    const inside = path.dirname(run) === runs && path.dirname(found) === run;
    return inside && (await lstat(found)).isFile() ? found : null;
  } catch {
    return null;
  }
}

/** Letters, digits, dot, dash and underscore, not starting with a dot: nothing that could leave its folder. */
function isRunId(id: string): boolean {
  return /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$/.test(id);
}

async function readRun(folder: string, id: string): Promise<ListedRun> {
  const run = await readJson(path.join(folder, 'runs', id, 'run.json'));
  const files: ServedFile[] = [];
  for (const file of servedFiles) if ((await servedPath(folder, id, file)) !== null) files.push(file);
  return { run: parseRunFile(id, run), verdict: await readVerdict(folder, id), files };
}

async function readVerdict(folder: string, id: string): Promise<Report['verdict'] | null> {
  const found = await servedPath(folder, id, 'report.json');
  if (found === null || (await lstat(found)).size > maxReportBytes) return null;
  try {
    return parseReport(await readJson(found)).verdict;
  } catch {
    return null;
  }
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch {
    return null;
  }
}
