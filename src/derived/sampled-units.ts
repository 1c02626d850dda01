import type { Dialect } from '../core/engine.js';
import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import { unitDraw, unitSample, type UnitDraw } from '../dataset/sql/shapes/unit-sample.js';
import { tableName } from '../dataset/sql/table-name.js';
import { affordableRows } from './affordable-rows.js';

/**
 * The study itself, or where it has more training rows than `rows`, an un-split one of a sample of about so many: whole
 * users or groups, drawn by a hash of their name, so the same ones whatever the order, threads or engine. Kept for the run.
 */
export function sampledUnits(study: Study, rows: number, run: Run): Promise<Study> {
  const { train } = study;
  const drawn = drawnUnits(study, rows, run.engine.dialect);
  if (drawn === null) return Promise.resolve(study);
  return run.memo(`sampled-units ${train.name} ${drawn.share}`, async () => {
    const name = tableName('sampled_units', train.name, String(drawn.share));
    const kept = await run.engine.write(unitSample(train, drawn), { kind: 'table', name }, run);
    const sample = { ...train, name, rows: kept.rows, split: false };
    return { ...study, whole: sample, train: sample, evaluation: null, split: null };
  });
}

/** Which training rows {@link sampledUnits} takes; null where it takes all. */
export function drawnUnits(study: Study, rows: number, dialect: Dialect): UnitDraw | null {
  const { train, roles } = study;
  const wanted = affordableRows(study, rows);
  if (train.rows <= wanted) return null;
  return unitDraw(roles.user ?? roles.group, wanted / train.rows, 'sampled-units', dialect);
}
