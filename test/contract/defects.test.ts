import type { Defect, Injection, Mechanism, Repair } from '../../src/core/defect.js';
import type { Engine } from '../../src/core/engine.js';
import type { Evidence } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { Poor } from './other-studies.js';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { template } from '../../analyzers/_template/index.js';
import { defects } from '../../analyzers/index.js';
import { atDose } from '../../src/ablation/dose.js';
import { audit } from '../../src/audit/audit.js';
import { undo } from '../../src/cleaning/undo/undo.js';
import { writeCleaned } from '../../src/cleaning/files/write.js';
import { argText } from '../../src/core/arg-text.js';
import { createRandom } from '../../src/core/random.js';
import { createRun } from '../../src/core/run.js';
import { alterStudy } from '../../src/dataset/alter-study.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import {
  generatedStudy,
  generatedStudyWithDomain,
  generatedStudyWithServing,
  generatedStudyWithTest,
  generatedStudyWithVectors,
} from './generated-file.js';
import { poorStudy, rowsAfter } from './other-studies.js';

const noSteps = { version: 1, steps: [] } as const;
const poors: readonly Poor[] = ['zero rows', 'one row', 'one class', 'all-null columns'];

let engine: Engine;
let folder: string;
let run: Run;
let alone: Study;
let withTest: Study;
let withServing: Study;
let withDomain: Study;
let withVectors: Study;
/** The one the defect at hand needs, and its file. */
let study: Study;
let file: string;
const honestly = new Map<string, Promise<Evidence>>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-contract-'));
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine, threads: 1 });
  alone = await generatedStudy(12_000, folder, run);
  withTest = await generatedStudyWithTest(12_000, folder, run);
  withServing = await generatedStudyWithServing(12_000, folder, run);
  withDomain = await generatedStudyWithDomain(12_000, folder, run);
  withVectors = await generatedStudyWithVectors(12_000, folder, run);
});

afterAll(async () => {
  await run.close();
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

/** The contract every defect keeps, over a generated log. */
describe.each([...defects, template].map((d) => [d.id, d] as const))('%s', (id, defect) => {
  beforeAll(() => {
    const { needs } = defect;
    study = needs.includes('test') ? withTest : needs.includes('serving') ? withServing : alone;
    if (needs.includes('domain')) study = withDomain;
    if (needs.includes('vectors')) study = withVectors;
    file = needs.includes('vectors') ? 'vectors.parquet' : 'log.parquet';
  });

  it('finds nothing wrong with an honest file, or says what is a note', async () => {
    const evidence = await honest(defect);
    checkEvidence(defect, evidence);
    expect(evidence.findings.filter((f) => f.severity === 'problem')).toEqual([]);
  });

  it('gives the same evidence again', async () => {
    const [once, again] = [createRun({ engine, threads: 1 }), createRun({ engine, threads: 2 })];
    expect(plain(await found(defect, study, again))).toEqual(plain(await found(defect, study, once)));
    await once.close();
    await again.close();
  });

  it.each(poors)('works on %s', async (poor) => {
    const own = seeded();
    const thin = await poorStudy(study, poor, own);
    const [outcome] = [...(await audit(thin, [defect], own)).values()];
    expect(outcome?.outcome).toMatch(/^(ok|not-applicable)$/);
    if (outcome?.outcome !== 'ok') return;
    checkEvidence(defect, outcome.evidence);
    await repairsOf(defect, thin, outcome.evidence, own);
    for (const mechanism of mechanismsOf(defect)) {
      const injection = await mechanism.inject(thin, own, {});
      const units = 'unsupported' in injection ? 0 : (await atDose(injection, 1, thin, own)).units;
      expect(units).toBe('unsupported' in injection ? 0 : injection.eligible);
      expect(units).toBeLessThanOrEqual(thin.whole.rows);
    }
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    stop.abort();
    const stopped = createRun({ engine, signal: stop.signal });
    await expect(defect.detect(study, stopped)).rejects.toMatchObject({ code: 'interrupted' });
    for (const mechanism of mechanismsOf(defect)) {
      const outcome = mechanism
        .inject(study, stopped, {})
        .then((made) => ('unsupported' in made ? 'unsupported' : 'went on'));
      await expect(outcome.catch(() => 'stopped')).resolves.not.toBe('went on');
    }
  });

  describe.each(mechanismsOf(defect).map((m) => [m.name, m] as const))('%s', (name, mechanism) => {
    it('takes exactly the dose, and nests', async () => {
      const own = seeded();
      const injection = await injected(mechanism, own);
      const small = await unitsAt(injection, 0.05, own);
      const large = await unitsAt(injection, 0.2, own);
      expect(small.size).toBe(Math.ceil(0.05 * injection.eligible - 1e-9));
      expect(large.size).toBe(Math.ceil(0.2 * injection.eligible - 1e-9));
      expect([...small].every((unit) => large.has(unit))).toBe(true);
    });

    it('takes the same units for the same seed, others for another', async () => {
      const once = await drawnUnits(mechanism, 1);
      expect(await drawnUnits(mechanism, 1)).toEqual(once);
      expect(once.length > 5).toBe(true);
      expect(await drawnUnits(mechanism, 2)).not.toEqual(once);
    });

    it('touches nothing but its units', async () => {
      const own = seeded();
      const { plan, truth } = await atDose(await injected(mechanism, own), 0.1, study, own);
      const mask = await unitsOf(truth, own);
      const before = await rowsAfter(study, noSteps, own);
      const after = await rowsAfter(study, plan, own);
      const changed = [...before].filter(([key, cells]) => after.get(key) !== cells).map(([key]) => key);
      const copied = [...after.keys()].filter((key) => !before.has(key)).map((key) => `${key.split(':')[0]}:0`);
      expect(changed.length + copied.length).toBeGreaterThan(0);
      expect([...changed, ...copied].filter((key) => !mask.has(key))).toEqual([]);
    });

    it('is lossless: undone, the file is what it was', async () => {
      const own = seeded();
      const { plan } = await atDose(await injected(mechanism, own), 0.1, study, own);
      const out = join(folder, `${id}-${name}`);
      await writeCleaned(study, plan, out, own);
      await undo(out, `${out}.parquet`, {}, own);
      const [row = {}] = await engine.rows(differences(`${out}.parquet`, join(folder, file)), 1, own);
      expect(Number(row['n'])).toBe(0);
    });

    const { found: promise } = mechanism;
    const least = 'at' in promise ? promise.at : 0.2;
    const most = 'until' in promise ? (promise.until?.dose ?? least) : least;
    it.each([...new Set([least, most])])(`is ${'at' in promise ? '' : 'not '}found at %d`, async (dose) => {
      const own = seeded();
      const injection = await injected(mechanism, own);
      const { plan } = await atDose(injection, dose, study, own);
      const table = `damaged_${id}_${name}_${dose * 1000}`.replaceAll('-', '_');
      const damaged = await alterStudy(study, plan, table, own);
      const evidence = await found(defect, damaged, own);
      checkEvidence(defect, evidence);
      const repairs = await repairsOf(defect, damaged, evidence, own);
      expect(repairs.flatMap((r) => r.plan.steps).filter((step) => step.defect !== id)).toEqual([]);
      const seen = reports(await honest(defect), evidence);
      expect(seen).toBe('at' in promise);
    });
  });
});

function mechanismsOf(defect: Defect): readonly Mechanism[] {
  return 'unsupported' in defect.inject ? [] : defect.inject;
}

/** The shared run under another seed: what was derived once (predictions, profiles) is not derived again. */
function seeded(seed = 1): Run {
  return { ...run, random: createRandom(seed) };
}

async function found(defect: Defect, of: Study, own: Run = run): Promise<Evidence> {
  const outcome = (await audit(of, [defect], own)).get(defect.id);
  if (outcome?.outcome !== 'ok') throw new Error(`${defect.id}: ${JSON.stringify(outcome)}`);
  return outcome.evidence;
}

/** What is found in the file as it is; looked for once. */
function honest(defect: Defect): Promise<Evidence> {
  const known = honestly.get(defect.id) ?? found(defect, study);
  honestly.set(defect.id, known);
  return known;
}

async function injected(mechanism: Mechanism, own: Run): Promise<Injection> {
  const injection = await mechanism.inject(study, own, {});
  if ('unsupported' in injection) throw new Error(injection.unsupported);
  return injection;
}

async function drawnUnits(mechanism: Mechanism, seed: number): Promise<readonly string[]> {
  const own = seeded(seed);
  return [...(await unitsAt(await injected(mechanism, own), 0.05, own))].toSorted();
}

/** The repairs offered, after every plan has compiled over the rows it was made for. */
async function repairsOf(defect: Defect, of: Study, evidence: Evidence, own: Run): Promise<readonly Repair[]> {
  if (typeof defect.repair !== 'function') return [];
  const repairs = await defect.repair(of, evidence, own);
  for (const { plan } of repairs) await rowsAfter(of, plan, own);
  const ids = repairs.map((repair) => repair.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))).toEqual([]);
  return repairs;
}

async function unitsAt(injection: Injection, dose: number, own: Run): Promise<ReadonlySet<string>> {
  const { truth, units } = await atDose(injection, dose, study, own);
  const set = await unitsOf(truth, own);
  expect(set.size).toBe(units);
  return set;
}

async function unitsOf(table: string, own: Run): Promise<ReadonlySet<string>> {
  const rows = await engine.rows({ sql: `SELECT k, copy FROM ${table}` }, 1_000_000, own);
  return new Set(rows.map((row) => `${String(row['k'])}:${String(row['copy'])}`));
}

function differences(a: string, b: string): { sql: string } {
  return { sql: `SELECT count(*) AS n FROM ((${minus(a, b)}) UNION ALL (${minus(b, a)}))` };
}

function minus(a: string, b: string): string {
  return `SELECT * FROM read_parquet('${a}') EXCEPT ALL SELECT * FROM read_parquet('${b}')`;
}

/** Scores in range, sentences for every code, declared measures. */
function checkEvidence(defect: Defect, evidence: Evidence): void {
  expect(evidence.score ?? 0).toBeGreaterThanOrEqual(0);
  expect(evidence.score ?? 0).toBeLessThanOrEqual(1);
  for (const { name, value } of evidence.measurements) {
    expect(Object.keys(defect.measures)).toContain(name.slice(defect.id.length + 1));
    expect(value).toSatisfy(Number.isFinite);
  }
  for (const { code, args } of evidence.findings)
    expect(`${code}: ${defect.sentences[code]?.(args)}`).toMatch(/: \S.*[.?]$/);
}

/** Evidence without the names of tables. */
function plain(evidence: Evidence): unknown {
  return { ...evidence, flagged: evidence.flagged?.rows ?? null };
}

/** Whether the damaged file is reported: a finding (by code and column) the honest file does not have, or more flagged rows. */
function reports(honest: Evidence, damaged: Evidence): boolean {
  const before = named(honest);
  const added = [...named(damaged)].filter((name) => !before.has(name));
  return added.length > 0 && (damaged.flagged === null || damaged.flagged.rows > (honest.flagged?.rows ?? 0));
}

/** Findings by code and column; a note counts where it flags rows. */
function named(evidence: Evidence): ReadonlySet<string> {
  const worth = evidence.findings.filter((f) => f.severity !== 'note' || evidence.flagged !== null);
  return new Set(worth.map((f) => `${f.code} ${argText(f.args['column'])}`));
}
