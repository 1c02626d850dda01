import type { PutColumn } from '../core/engine.js';
import type { Run } from '../core/run.js';
import type { Truth } from './truth.js';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { everything } from '../dataset/sql/shapes/everything.js';
import { arrange } from './arrange.js';
import { fileColumns } from './file-columns.js';
import { generateLog } from './log.js';
import { damagedLog, withoutDamage } from './plant.js';
import { summarise, truthColumns } from './truth.js';
import { createWorld } from './world.js';

export interface DemoOptions {
  /** Rows before copies are planted, 1 or more; the log everybody meets has 200,000. */
  readonly rows: number;
  /** Non-negative safe integer. */
  readonly seed: number;
  /** Where the files go; made if absent. */
  readonly folder: string;
  /** False gives the log without any damage. */
  readonly planted?: boolean;
}

/** Files of a demo log and the roles of its columns, ready for opening as a study. */
export interface DemoFiles {
  readonly train: string;
  /** Table `(row, defect, mechanism, column_name)`, one line a damaged row. */
  readonly truthRows: string;
  /** {@link Truth} as JSON. */
  readonly truthFile: string;
  readonly truth: Truth;
  readonly roles: typeof demoRoles;
}

export const demoRoles = {
  label: 'click',
  positive: '1',
  time: 'time',
  user: 'user',
  item: 'item',
  position: 'position',
} as const;

/**
 * Generates the demo log and writes `log.parquet`, `truth.parquet` and `truth.json`. Same rows, seed and version:
 * same values.
 */
export async function makeDemo(options: DemoOptions, run: Run): Promise<DemoFiles> {
  const world = createWorld();
  const log = generateLog(world, { rows: options.rows, seed: options.seed, sample: 'log', from: 0 });
  const planted = options.planted ?? true;
  const labelled = planted ? damagedLog(log, world) : withoutDamage(log);
  const rows = arrange(log, labelled);
  const truth = summarise(options.seed, labelled, rows, planted);
  await mkdir(options.folder, { recursive: true });
  const files = {
    train: join(options.folder, 'log.parquet'),
    truthRows: join(options.folder, 'truth.parquet'),
    truthFile: join(options.folder, 'truth.json'),
  };
  await writeParquet(fileColumns(log.time, labelled.columns, rows), files.train, run);
  await writeParquet(truthColumns(labelled, rows), files.truthRows, run);
  await writeFile(files.truthFile, `${JSON.stringify(truth, null, 2)}\n`);
  return { ...files, truth, roles: demoRoles };
}

/** Writes columns made in memory, in their order. */
export async function writeParquet(columns: readonly PutColumn[], path: string, run: Run): Promise<void> {
  const name = 'demo_columns';
  await run.engine.put(name, columns, run);
  await run.engine.write(everything(name), { kind: 'parquet', path }, run);
  await run.engine.drop(name, run);
}
