import type { Outcome } from '../core/evidence.js';
import type { Column } from '../core/relation.js';
import type { Run } from '../core/run.js';
import type { Roles, Study } from '../core/study.js';
import { distinctValues } from './distinct-values.js';
import { histogramsOf, type Histogram } from './histogram.js';
import { featureAucs } from './single-feature-auc.js';

/** What there is to say of a column without calling it a defect. */
export interface ColumnProfile {
  readonly name: string;
  readonly type: string;
  /** `label`, `time`, `user` …, `feature` or `excluded`. */
  readonly role: string;
  readonly nullShare: number;
  readonly distinct: number;
  /** AUC of the column alone, folded to >= .5; null for columns no model sees. */
  readonly auc: number | null;
  /** Corrected PSI as drift measured it; null where it did not. */
  readonly psi: number | null;
  readonly histogram: Histogram;
  /** Codes of the findings about it, each once. */
  readonly findings: readonly string[];
}

/** The training rows column by column, with what `outcomes` say of each. */
export async function profileColumns(
  study: Study,
  outcomes: ReadonlyMap<string, Outcome>,
  run: Run,
): Promise<readonly ColumnProfile[]> {
  const { train, roles } = study;
  if (train.columns.length === 0) return [];
  const shapes = await histogramsOf(train, run);
  const distinct = await distinctValues(train, train.columns, run);
  const aucs = await featureAucs(study, run);
  return train.columns.map((column, i) => ({
    name: column.name,
    type: column.type,
    role: roleOf(column, roles),
    nullShare: train.rows === 0 ? 0 : (shapes[i]?.nulls ?? 0) / train.rows,
    distinct: distinct[i] ?? 0,
    auc: aucs.get(column.name) ?? null,
    psi: psiOf(column, outcomes),
    histogram: shapes[i]?.histogram ?? { labels: [], counts: [] },
    findings: codesOf(column, outcomes),
  }));
}

function roleOf({ id }: Column, roles: Roles): string {
  const { label, time, user, item, position, group, weight } = roles;
  const named = { label: label?.column ?? null, time, user, item, position, group, weight };
  const found = Object.entries(named).find(([, column]) => column?.id === id);
  if (found !== undefined) return found[0];
  if (roles.key.some((column) => column.id === id)) return 'key';
  return roles.features.some((f) => f.column.id === id) ? 'feature' : 'excluded';
}

function psiOf(column: Column, outcomes: ReadonlyMap<string, Outcome>): number | null {
  const drift = outcomes.get('drift');
  if (drift?.outcome !== 'ok') return null;
  return (
    drift.evidence.measurements.find((m) => m.unit === 'psi' && m.column === column.name && m.slice === undefined)
      ?.value ?? null
  );
}

function codesOf(column: Column, outcomes: ReadonlyMap<string, Outcome>): readonly string[] {
  const codes = new Set<string>();
  for (const outcome of outcomes.values()) {
    if (outcome.outcome !== 'ok') continue;
    for (const { code, args } of outcome.evidence.findings) {
      const { column: one, columns } = args;
      if (one === column.name || (Array.isArray(columns) && columns.includes(column.name))) codes.add(code);
    }
  }
  return [...codes];
}
