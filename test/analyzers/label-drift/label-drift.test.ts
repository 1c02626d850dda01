import type { Engine } from '../../../src/core/engine.js';
import type { Evidence } from '../../../src/core/evidence.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import type { Row } from '../drift/drift-log.js';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labelDrift } from '../../../analyzers/label-drift/index.js';
import { createRandom } from '../../../src/core/random.js';
import { createRun } from '../../../src/core/run.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { compilePlan } from '../../../src/dataset/sql/plan/compile.js';
import { labelRates } from '../../../src/dataset/sql/shapes/label-rates.js';
import { driftLog } from '../drift/drift-log.js';

let engine: Engine;
let folder: string;
let run: Run;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-label-drift-'));
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine });
});

afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

const keep = createRandom(5).fork('keep');

async function detected(name: string, damage?: (row: Row) => void): Promise<{ study: Study; evidence: Evidence }> {
  const study = await driftLog(folder, name, run, damage);
  return { study, evidence: await labelDrift.detect(study, run) };
}

function measured({ measurements }: Evidence, name: string): number {
  return measurements.find((m) => m.name === `label-drift.${name}`)!.value;
}

/** A third of the late clicks is lost. */
function fewerLate(row: Row): void {
  if (row.t >= 16 && keep.at(Math.round(row.t * 400)) < 1 / 3) row.click = 0;
}

/** One user in seven always clicks. */
function byUserAlone(row: Row): void {
  row.click = Number(row.user % 7 === 0);
}

describe('label drift', () => {
  it('does not call an honest log, and says how sure that is', async () => {
    const { evidence } = await detected('honest');
    expect(evidence.findings).toHaveLength(1);
    expect(evidence.findings[0]!.severity).toBe('note');
    const ratio = evidence.measurements.find((m) => m.name === 'label-drift.rate-ratio')!;
    expect(ratio.low!).toBeLessThan(1);
    expect(ratio.high!).toBeGreaterThan(1);
    expect(evidence.score).toBeUndefined();
  });

  it('calls a fall by a third, and weights old positives to the new rate', async () => {
    const { study, evidence } = await detected('fewer', fewerLate);
    expect(evidence.findings[0]).toMatchObject({ code: 'label-drift.moved', severity: 'suspect' });
    expect(evidence.findings[0]!.args['from']).toBe('2026-01-21');
    expect(measured(evidence, 'rate-ratio')).toBeCloseTo(2 / 3, 1);
    expect(measured(evidence, 'z')).toBeLessThan(-3);
    if (typeof labelDrift.repair !== 'function') throw new Error(labelDrift.repair.unsupported);
    const [repair] = await labelDrift.repair(study, evidence, run);
    const compiled = compilePlan(study.whole, repair!.plan, {
      roles: study.roles,
      dialect: engine.dialect,
      scope: 'train-rows',
    });
    const id = (name: string): string => compiled.columns.find((column) => column.name === name)!.id;
    const sql = `SELECT sum(${id('click')} * ${compiled.weight}) / sum(${compiled.weight}) AS rate
      FROM (${compiled.result.sql}) WHERE ${id('time')} < TIMESTAMP '2026-01-21'`;
    const [row = {}] = await engine.rows({ sql, params: compiled.result.params ?? {} }, 1, run);
    expect(Number(row['rate'])).toBeCloseTo(measured(evidence, 'rate-after'), 9);
    expect(labelDrift.again(evidence)[0]).toMatchObject({ mechanism: 'fewer-positives' });
  });

  it('asks more where users repeat their label', async () => {
    const { study } = await detected('whole_users', byUserAlone);
    const { train, roles } = study;
    const sides = { kind: 'relations' as const, reference: train, current: train };
    const rows = async (unit: typeof roles.user): Promise<Record<string, unknown>> =>
      (await engine.rows(labelRates(sides, roles.label!, unit, engine.dialect), 2, run))[0]!;
    const [byUser, byRow] = [await rows(roles.user), await rows(null)];
    expect(byUser['m']).toBe(byRow['m']);
    expect(byUser['y']).toBe(byRow['y']);
    expect(Number(byRow['units'])).toBe(train.rows);
    expect(Number(byUser['units'])).toBeLessThan(601);
    expect(Number(byUser['yy'])).toBeGreaterThan(5 * Number(byRow['yy']));
  });

  it('has nothing to compare without a second side', async () => {
    const { evidence } = await detected('one_moment', (row) => Object.assign(row, { t: 3 }));
    expect(evidence.findings).toMatchObject([{ code: 'label-drift.nothing-to-compare', severity: 'note' }]);
  });
});
