import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import type { DataComparison } from '../../../src/core/data-comparison.js';
import { dataComparison } from '../../contract/comparisons.js';
import { job, type Job } from '../../contract/jobs.js';

/** Jobs that the list shows. */
const listed = 200;

/** Records of jobs, one file each (`<folder>/jobs/<id>.json`), replaced as a whole. */
export async function writeJob(folder: string, record: Job): Promise<void> {
  await writeDocument(path.join(folder, 'jobs', `${record.id}.json`), record);
}

/** Where the plan or the comparison that a job makes is kept (`<folder>/<kind>/<id>.json`). */
export function documentOf(folder: string, kind: 'plans' | 'comparisons', id: string): string {
  return path.join(folder, kind, `${id}.json`);
}

/** Writes a document that appears when it is whole. */
export async function writeDocument(file: string, document: unknown): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const draft = path.join(path.dirname(file), `.${path.basename(file)}`);
  await writeFile(draft, `${JSON.stringify(document, null, 2)}\n`);
  await rename(draft, file);
}

/** The newest jobs on disk, newest first; files that hold none are passed over. */
export async function readJobs(folder: string): Promise<readonly Job[]> {
  const jobs = path.join(folder, 'jobs');
  const names = (await readdir(jobs).catch(() => [])).filter((name) => /^[^.].*\.json$/.test(name));
  const newest = names.sort((a, b) => (a < b ? 1 : -1)).slice(0, listed);
  const read = newest.map((name) => parsed(path.join(jobs, name), job));
  return (await Promise.all(read)).filter((found) => found !== null);
}

/** The comparison that a job made; null where it made none, or what lies there is none. `id` is a plain name. */
export async function readComparison(folder: string, id: string): Promise<DataComparison | null> {
  return parsed(documentOf(folder, 'comparisons', id), dataComparison);
}

async function parsed<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}
