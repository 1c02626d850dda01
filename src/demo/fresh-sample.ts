import type { Relation } from '../core/relation.js';
import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import type { DemoFiles } from './make.js';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { allEvaluation, withoutEvaluation } from '../dataset/sql/shapes/parts.js';
import { tableName } from '../dataset/sql/table-name.js';
import { fileColumns } from './file-columns.js';
import { keysTo } from './draws.js';
import { generateLog } from './log.js';
import { writeParquet } from './make.js';
import { damagedServing, withoutDamage } from './plant.js';
import { createWorld } from './world.js';

/**
 * The study with its evaluation rows replaced by a fresh sample of the test days: same world, other draws, labels
 * clean, and damaged only as serving is (unit change, new device, label drift) where the log is. Its days are inner and
 * outer as those of the log are.
 */
export async function withFreshSample(
  study: Study,
  files: DemoFiles,
  sample: { readonly rows: number; readonly seed: number },
  run: Run,
): Promise<Study> {
  const fresh = await attachFresh(files, sample, run);
  const whole = await viewOf(withoutEvaluation(study.whole), study.whole, 'demo_training', run);
  const evaluation = await viewOf(
    allEvaluation(fresh, study.whole, study.roles.time!),
    { ...study.whole, rows: fresh.rows },
    'demo_fresh',
    run,
  );
  const none = { train: 0, tuning: 0, inner: 0, outer: 0, leftOut: 0 };
  const split = study.split ?? { reason: '', rows: none, positives: none, unit: 'user' as const };
  return { ...study, whole, evaluation, test: evaluation, split: { ...split, by: 'test-file' } };
}

async function attachFresh(
  files: DemoFiles,
  { rows, seed }: { readonly rows: number; readonly seed: number },
  run: Run,
): Promise<Relation> {
  const world = createWorld();
  // A seed of its own: not one draw is shared with the log.
  const log = generateLog(world, { rows, seed: seed + 1000, sample: 'fresh', from: 0.8 });
  const labelled = files.truth.planted.length > 0 ? damagedServing(log, world) : withoutDamage(log);
  const all = { origin: keysTo(rows), kind: new Uint8Array(rows), click: labelled.click };
  const folder = path.dirname(files.train);
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, 'fresh.parquet');
  await writeParquet(fileColumns(log.time, labelled.columns, all), file, run);
  const source = { files: [file], format: 'parquet', cache: path.join(folder, 'cache') } as const;
  return (await run.engine.attach(source, run)).relation;
}

async function viewOf(
  query: ReturnType<typeof withoutEvaluation>,
  like: Relation,
  purpose: string,
  run: Run,
): Promise<Relation> {
  const name = tableName(purpose, like.name);
  await run.engine.write(query, { kind: 'view', name }, run);
  return { ...like, name, split: true };
}
