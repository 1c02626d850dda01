import type { Audit } from '../audit/audit.js';
import type { Evidence } from '../core/evidence.js';
import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import type { Demo } from '../../reports/model.js';
import type { DemoFiles } from './make.js';
import type { PlantedUnits } from './truth.js';
import path from 'node:path';
import { truthHits } from '../dataset/sql/shapes/truth-hits.js';

type Row = Demo['planted'][number];

/** Codes of flagged rows or cells that answer to a planted mechanism; what is not here is found as a whole. */
const codes: Readonly<Record<string, readonly string[]>> = {
  'label-noise slice': ['label-noise.in-hot-slice'],
  'label-noise false-positives': ['label-noise.called', 'label-noise.review'],
  'missing disguised-block': ['missing.outage', 'missing.disguised'],
  'drift unit-change': ['drift.unit-change'],
  'drift new-level': ['drift.new-values'],
  'duplicates exact-copies': ['duplicates.exact'],
  'conflicts flipped-copies': ['conflicts.same-moment', 'conflicts.other-moment'],
};

/** Defects whose flagged units are cells, named by column. */
const ofCells: ReadonlySet<string> = new Set(['missing', 'drift']);

/**
 * Planted units among the training rows, flagged units, and planted ones among the flagged. Units are rows; for what is
 * found as a whole (a column that drifts, a rate that moves) the unit is that column or rate.
 */
export async function compareFlags(files: DemoFiles, study: Study, audit: Audit, run: Run): Promise<readonly Row[]> {
  const { planted } = files.truth;
  if (planted.length === 0) return [];
  const cache = path.join(path.dirname(files.truthRows), 'cache');
  const { relation: truth } = await run.engine.attach({ files: [files.truthRows], format: 'parquet', cache }, run);
  const rows: Row[] = [];
  for (const one of planted) {
    const outcome = audit.get(one.defect);
    const evidence = outcome?.outcome === 'ok' ? outcome.evidence : null;
    const known = codes[`${one.defect} ${one.mechanism}`];
    rows.push(known === undefined ? asWhole(one, evidence) : await byRow(one, known, evidence, truth, study, run));
  }
  return rows;
}

async function byRow(
  one: PlantedUnits,
  known: readonly string[],
  evidence: Evidence | null,
  truth: Study['train'],
  study: Study,
  run: Run,
): Promise<Row> {
  const { defect, mechanism, column = null } = one;
  const flagged = evidence?.flagged ?? null;
  const cells = ofCells.has(defect) ? column : null;
  const named = flagged === null ? null : { relation: flagged.relation, codes: known, column: cells };
  const query = truthHits({ truth, defect, mechanism }, study.train, named, run.engine.dialect);
  const [counts] = await run.engine.rows(query, 1, run);
  const count = (name: string): number => Number(counts?.[name] ?? 0);
  return { defect, mechanism, units: count('units'), flagged: count('flagged'), hit: count('hit') };
}

/** Found or not, as one thing: a finding that needs a look and names the column, where there is one. */
function asWhole({ defect, mechanism, column }: PlantedUnits, evidence: Evidence | null): Row {
  const findings = (evidence?.findings ?? []).filter(({ severity }) => severity !== 'note');
  const columns = new Set(findings.map(({ args }) => args['column'] ?? null));
  const hit = column === undefined ? Number(findings.length > 0) : Number(columns.has(column));
  return { defect, mechanism, units: 1, flagged: columns.size, hit };
}
