import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStudy } from '../../src/dataset/open.js';

const sets = {
  bank: { file: 'bank-sample.csv.gz', label: 'y', positive: 'yes', exclude: ['id'] },
  telco: { file: 'telco-churn.csv.gz', label: 'Churn', positive: 'Yes', exclude: ['customerID'] },
} as const;

/** A public table of `fixtures/real`, opened as the command line would open it. */
export async function realStudy(set: keyof typeof sets, run: Run): Promise<Study> {
  const { file, exclude, ...options } = sets[set];
  const train = new URL(`../../fixtures/real/${file}`, import.meta.url).pathname;
  const cache = await mkdtemp(join(tmpdir(), 'assay-real-'));
  return openStudy({ ...options, train, exclude: [...exclude], cache }, run);
}

/** The study over other rows: what a query makes of its table. */
export async function over(study: Study, name: string, sql: string, run: Run): Promise<Study> {
  await run.engine.write({ sql }, { kind: 'table', name }, run);
  const [row = {}] = await run.engine.rows({ sql: `SELECT count(*) AS n FROM ${name}` }, 1, run);
  const whole = { ...study.whole, name, rows: Number(row['n']) };
  return { ...study, whole, train: whole };
}
