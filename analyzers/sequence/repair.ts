import type { Repair } from '../../src/core/defect.js';
import type { Evidence } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import { argText } from '../../src/core/arg-text.js';
import { planOf } from '../../src/core/plan.js';
import { flaggedKeys } from '../../src/dataset/sql/shapes/flagged-rows.js';
import { tableName } from '../../src/dataset/sql/table-name.js';

/** Rows whose moment cannot be right go, and so does a history that holds the event itself; ties are left to who knows what came first. */
export async function repair(study: Study, { findings, flagged }: Evidence, run: Run): Promise<readonly Repair[]> {
  const { train, whole, roles } = study;
  const repairs: Repair[] = [];
  const misplaced = findings.find(({ code }) => code === 'sequence.out-of-order');
  if (misplaced !== undefined && flagged !== null) {
    const list = tableName('out_of_order', train.name);
    const keys = flaggedKeys(flagged, misplaced.code, run.engine.dialect);
    await run.engine.write(keys, { kind: 'table', name: list }, run);
    const plan = planOf('sequence', misplaced.code, {
      verb: 'drop-row',
      where: { keys: { list, of: whole.hash } },
    });
    const units = Number(misplaced.args['rows']);
    repairs.push({ id: 'drop-out-of-order', title: `drop ${units} rows that are out of order`, plan, units });
  }
  const leaking = findings.flatMap(({ code, args }) =>
    code === 'sequence.own-target' ? [argText(args['column'])] : [],
  );
  const seen = leaking.filter((name) => roles.features.some((f) => f.column.name === name));
  if (seen.length > 0) {
    const plan = planOf(
      'sequence',
      'sequence.own-target',
      ...seen.map((column) => ({ verb: 'drop-column', column }) as const),
    );
    repairs.push({
      id: 'drop-histories',
      title: `drop ${seen.join(', ')}, which hold the event itself`,
      plan,
      units: train.rows,
    });
  }
  return repairs;
}
