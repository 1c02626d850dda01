import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Report } from '../../reports/model.js';
import { parseReport } from '../../reports/schema.js';

/** The report of the run in a folder. Throws where it is absent or not of this version. */
export async function readReport(folder: string): Promise<Report> {
  return parseReport(JSON.parse(await readFile(path.join(folder, 'report.json'), 'utf8')));
}
