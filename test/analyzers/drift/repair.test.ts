import type { Engine, Value } from '../../../src/core/engine.js';
import type { Repair } from '../../../src/core/defect.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import type { Row } from './drift-log.js';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drift } from '../../../analyzers/drift/index.js';
import { isFeatureStep } from '../../../src/core/plan.js';
import { columnNamed } from '../../../src/core/relation.js';
import { createRun } from '../../../src/core/run.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { compilePlan } from '../../../src/dataset/sql/plan/compile.js';
import { driftLog } from './drift-log.js';

let engine: Engine;
let folder: string;
let run: Run;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-drift-repair-'));
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine });
});

afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

async function repaired(
  name: string,
  damage: (row: Row) => void,
): Promise<{ study: Study; repairs: readonly Repair[] }> {
  const study = await driftLog(folder, name, run, damage);
  if (typeof drift.repair !== 'function') throw new Error(drift.repair.unsupported);
  return { study, repairs: await drift.repair(study, await drift.detect(study, run), run) };
}

/** Values of a column after a plan, in key order. */
async function valuesAfter(study: Study, repair: Repair, name: string): Promise<Value[]> {
  const { dialect } = engine;
  const compiled = compilePlan(study.whole, repair.plan, { roles: study.roles, dialect, scope: 'features' });
  const { id } = compiled.columns.find((column) => column.name === name)!;
  const sql = `SELECT ${id} AS value FROM (${compiled.result.sql}) ORDER BY k`;
  const rows = await engine.rows({ sql, params: compiled.result.params ?? {} }, study.whole.rows, run);
  return rows.map((row) => row['value']!);
}

async function original(study: Study, name: string): Promise<Value[]> {
  const { id } = columnNamed(study.whole, name)!;
  const rows = await engine.rows(
    { sql: `SELECT ${id} AS value FROM ${study.whole.name} ORDER BY k` },
    study.whole.rows,
    run,
  );
  return rows.map((row) => row['value']!);
}

describe('repairs of drift', () => {
  it('undo a change of unit where it began, and nowhere else', async () => {
    const honest = await original(await driftLog(folder, 'honest', run), 'price');
    const { study, repairs } = await repaired('unit', (row) => {
      if (row.country === 'it' && row.t >= 17) row.price = Math.round(row.price * 100);
    });
    const undo = repairs.find((repair) => repair.id === 'undo-unit-change')!;
    expect(undo.title).toBe('divide price by 100 where country = it from 2026-01-22 on');
    expect(undo.plan.steps.every(isFeatureStep)).toBe(true);
    expect(await valuesAfter(study, undo, 'price')).toEqual(honest);
  });

  it('cast a column of whole numbers before they divide it', async () => {
    const honest = await original(await driftLog(folder, 'honest', run), 'cents');
    const { study, repairs } = await repaired('cents', (row) => {
      if (row.t >= 12) row.cents *= 10;
    });
    const undo = repairs.find((repair) => repair.id === 'undo-unit-change')!;
    expect(undo.plan.steps.map((step) => step.verb)).toEqual(['cast-column', 'set-cell']);
    expect(await valuesAfter(study, undo, 'cents')).toEqual(honest);
  });

  it('merge a new value into the usual one, or drop the column', async () => {
    const { study, repairs } = await repaired('device', (row) => {
      if (row.t >= 16 && row.user % 8 === 0) row.device = 9;
    });
    expect(repairs.map((repair) => repair.id)).toEqual(['merge-new-values-device', 'drop-device']);
    const merged = await valuesAfter(study, repairs[0]!, 'device');
    expect(new Set(merged)).toEqual(new Set([0, 1, 2]));
    expect(repairs[0]!.units).toBe((await original(study, 'device')).filter((value) => value === 9).length);
  });

  it('are none on an honest log', async () => {
    expect((await repaired('none', () => {})).repairs).toEqual([]);
  });
});
