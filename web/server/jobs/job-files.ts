import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { job, type Job } from '../../contract/jobs.js';

/** Jobs that the list shows. */
const listed = 200;

/** Records of jobs, one file each (`<folder>/jobs/<id>.json`), replaced as a whole. */
export async function writeJob(folder: string, record: Job): Promise<void> {
  const jobs = path.join(folder, 'jobs');
  await mkdir(jobs, { recursive: true });
  const draft = path.join(jobs, `.${record.id}.json`);
  await writeFile(draft, `${JSON.stringify(record, null, 2)}\n`);
  await rename(draft, path.join(jobs, `${record.id}.json`));
}

/** The newest jobs on disk, newest first; files that hold none are passed over. */
export async function readJobs(folder: string): Promise<readonly Job[]> {
  const jobs = path.join(folder, 'jobs');
  const names = (await readdir(jobs).catch(() => [])).filter((name) => /^[^.].*\.json$/.test(name));
  const newest = names.sort((a, b) => (a < b ? 1 : -1)).slice(0, listed);
  const read = newest.map(async (name) => {
    const text = await readFile(path.join(jobs, name), 'utf8').catch(() => '');
    return parsed(text);
  });
  return (await Promise.all(read)).filter((found) => found !== null);
}

function parsed(text: string): Job | null {
  try {
    return job.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
