import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import { hashSample } from '../dataset/sql/shapes/hash-sample.js';
import { halfSql, singleFeatureAuc } from '../dataset/sql/shapes/single-feature-auc.js';
import { tableName } from '../dataset/sql/table-name.js';
import { inGroups } from './in-groups.js';

/** Rows looked at: enough for two digits of an AUC with a few hundred positives. */
const sampleRows = 200_000;

/**
 * AUC of each feature alone on the training rows, folded to >= .5, by the user's column name; absent without a label or
 * with one class. From a hash sample of {@link sampleRows} rows. Computed once a run.
 */
export async function featureAucs(study: Study, run: Run): Promise<ReadonlyMap<string, number>> {
  const { train, roles } = study;
  const { label, features } = roles;
  if (label === null || features.length === 0 || train.rows === 0) return new Map();
  return run.memo(`single-feature-auc ${train.name}`, async () => {
    const { engine } = run;
    const name = tableName('auc_sample', train.name);
    const aucs = await inGroups(features, async (some) => {
      const columns = [...new Map([label.column, ...some.map((f) => f.column)].map((c) => [c.id, c])).values()];
      const half = halfSql('single-feature-auc/half');
      const sample = hashSample(train, columns, sampleRows, 'single-feature-auc', [half]);
      await engine.write(sample, { kind: 'table', name }, run);
      const rows = await engine.rows(singleFeatureAuc(name, some, label, engine.dialect), some.length, run);
      return rows.flatMap((row) => {
        const feature = some[Number(row['feature'])];
        if (feature === undefined || row['auc'] === null) return [];
        return [[feature.column.name, folded(Number(row['auc']), feature.kind)] as const];
      });
    });
    await engine.drop(name, run);
    return new Map(aucs);
  });
}

/** A falling number ranks as well as a rising one; levels are ranked by their rate already. */
function folded(auc: number, kind: 'numeric' | 'categorical'): number {
  const value = kind === 'numeric' ? Math.max(auc, 1 - auc) : Math.max(auc, 0.5);
  return Number(value.toPrecision(12));
}
