import type { Evidence, Finding } from '../../../src/core/evidence.js';
import type { Relation } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import { diffSchemas } from '../../../src/derived/schema/diff/diff.js';
import { distance, noiseOf } from '../../../src/derived/schema/diff/distance.js';
import { knownColumns } from '../../../src/derived/schema/diff/known.js';
import { sidesSchemas } from '../../../src/derived/schema/sides-schemas.js';

/**
 * Without a key: columns whose distribution in serving is not that of training, beyond what two samples of one law differ
 * by. Which cells differ, and whether a value is late or wrong, cannot be seen in this way.
 */
export async function distributionView(study: Study, serving: Relation, run: Run): Promise<Evidence> {
  const { train, roles } = study;
  const sides = { kind: 'relations', reference: train, current: serving } as const;
  const comparison = {
    by: 'reference',
    sides,
    rows: { reference: train.rows, current: serving.rows },
    from: null,
  } as const;
  const [a, b] = await sidesSchemas(study, comparison, run);
  const aside = new Set([roles.label?.column.name, roles.time?.name, roles.user?.name, roles.weight?.name]);
  const { changes } = diffSchemas(a, b);
  const right = new Map(knownColumns(b).map((column) => [column.name, column]));
  const findings = knownColumns(a).flatMap((column): Finding[] => {
    const served = right.get(column.name);
    if (served === undefined || aside.has(column.name)) return [];
    const unit = changes.find(({ code, column: name }) => code === 'unit' && name === column.name);
    if (unit !== undefined) {
      const args = { column: column.name, factor: unit.args?.['factor'] ?? null };
      return [{ code: 'skew.unit', severity: 'problem', args }];
    }
    const d = distance(column, served);
    if (d <= 2 * noiseOf(column, served)) return [];
    return [
      { code: 'skew.moved', severity: 'suspect', args: { column: column.name, distance: Number(d.toPrecision(3)) } },
    ];
  });
  const note: Finding = { code: 'skew.no-key', severity: 'note', args: {} };
  return {
    measurements: [{ name: 'skew.columns', value: findings.length, unit: 'count' }],
    findings: [...findings, note],
    flagged: null,
  };
}
