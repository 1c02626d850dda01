import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { parseReport } from '../../../reports/schema.js';
import type { Report } from '../../../reports/model.js';
import type { RunSummary } from '../../contract/runs.js';
import { notFound } from '../problems.js';
import { recent } from '../recent.js';
import { parseRunFile, type RunFile } from './run-file.js';

/** Files of a run that may be downloaded; no other name of a request is ever joined to a path. */
export const servedFiles = ['report.html', 'report.json', 'findings.parquet', 'recipe.yaml'] as const;
export type ServedFile = (typeof servedFiles)[number];

/** Largest report.json that is read. */
const maxReportBytes = 64 * 1024 * 1024;

/** Reports kept as they were read: pages of one run ask for its report again and again, a comparison for two. */
const keptReports = 2;

/** Runs of a folder (`<folder>/runs/<id>/`), read again only when their files change. */
export interface RunStore {
  /** Newest first by start, then by id; empty where there is none. */
  list(): Promise<readonly RunSummary[]>;
  /** @throws Refusal where there is no such run, or its report cannot be read. */
  read(id: string): Promise<StoredRun>;
  /** The real path of a served file, or null where there is none. */
  file(id: string, file: ServedFile): Promise<string | null>;
  /** The real path of the log of changes of its cleaning, or null where that does not lie with the run. */
  changes(id: string): Promise<string | null>;
  /** The real path of the folder of keyed lists of its recipe, or null where there is none. */
  lists(id: string): Promise<string | null>;
}

export interface StoredRun {
  readonly run: RunFile;
  readonly summary: RunSummary;
  readonly report: Report;
}

export function openRunStore(folder: string): RunStore {
  const known = new Map<string, { stamp: string; summary: RunSummary }>();
  const reports = recent<StoredRun>(keptReports);
  const summaryOf = async (id: string): Promise<RunSummary> => {
    const stamp = await stampOf(folder, id);
    const before = known.get(id);
    if (before?.stamp === stamp) return before.summary;
    const summary = (await readRun(folder, id)).summary;
    known.set(id, { stamp, summary });
    return summary;
  };
  return {
    list: async () => {
      const entries = await readdir(path.join(folder, 'runs'), { withFileTypes: true }).catch(() => []);
      const ids = entries.filter((e) => e.isDirectory() && isRunId(e.name)).map((e) => e.name);
      const runs: RunSummary[] = [];
      for (const id of ids) runs.push(await summaryOf(id));
      return runs.sort((a, b) => (sortKey(a) < sortKey(b) ? 1 : -1));
    },
    read: async (id) =>
      reports.use(
        `${id} ${await stampOf(folder, id)}`,
        async () => {
          const { run, summary, report } = await readRun(folder, id);
          if (report === null) throw notFound('run, or its report cannot be read');
          return { run, summary, report };
        },
        (read) => read,
      ),
    file: (id, file) => servedPath(folder, id, file),
    changes: (id) => pathInRun(folder, id, 'cleaned/changes.parquet'),
    lists: (id) => pathInRun(folder, id, 'lists'),
  };
}

function sortKey({ startedAt, id }: RunSummary): string {
  return `${startedAt ?? ''} ${id}`;
}

/** The real path of a file of a run, or null: the id must look like one, and no symbolic link may lie on the way. */
async function servedPath(folder: string, id: string, file: ServedFile | 'run.json'): Promise<string | null> {
  const found = await pathInRun(folder, id, file);
  return found !== null && (await lstat(found)).isFile() ? found : null;
}

/** The real path of what has this path in a run; a link on the way makes it another path, and so nothing. */
async function pathInRun(folder: string, id: string, below: string): Promise<string | null> {
  if (!isRunId(id)) return null;
  try {
    const run = path.join(await realpath(path.join(folder, 'runs')), id);
    const found = await realpath(path.join(run, below));
    return found === path.join(run, below) ? found : null;
  } catch {
    return null;
  }
}

/** Letters, digits, dot, dash and underscore, not starting with a dot: nothing that could leave its folder. */
function isRunId(id: string): boolean {
  return /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$/.test(id);
}

/** Changes when a file that the summary is made of changes. */
async function stampOf(folder: string, id: string): Promise<string> {
  const parts = ['run.json', 'report.json'].map(async (name) => {
    const found = await lstat(path.join(folder, 'runs', id, name)).catch(() => null);
    return found === null ? '-' : `${found.mtimeMs}/${found.size}`;
  });
  return (await Promise.all(parts)).join(' ');
}

async function readRun(
  folder: string,
  id: string,
): Promise<{ run: RunFile; summary: RunSummary; report: Report | null }> {
  const run = parseRunFile(id, await readJson(await servedPath(folder, id, 'run.json')));
  const files: ServedFile[] = [];
  for (const file of servedFiles) if ((await servedPath(folder, id, file)) !== null) files.push(file);
  const report = await readReport(await servedPath(folder, id, 'report.json'));
  const { source: _, ...shown } = run;
  const verdict = report === null ? null : report.verdict;
  return { run, report, summary: { ...shown, verdict, gate: report?.gate?.verdict ?? null, files } };
}

async function readReport(file: string | null): Promise<Report | null> {
  if (file === null || (await lstat(file)).size > maxReportBytes) return null;
  try {
    return parseReport(await readJson(file));
  } catch {
    return null;
  }
}

async function readJson(file: string | null): Promise<unknown> {
  try {
    return file === null ? null : (JSON.parse(await readFile(file, 'utf8')) as unknown);
  } catch {
    return null;
  }
}
