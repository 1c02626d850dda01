import type { Repair } from '../../../src/core/defect.js';
import type { Evidence } from '../../../src/core/evidence.js';
import type { Study } from '../../../src/core/study.js';
import { argText } from '../../../src/core/arg-text.js';
import { planOf } from '../../../src/core/plan.js';
import { columnNamed } from '../../../src/core/relation.js';
import { slug } from './slug.js';

/** Each costs trainings; what moved less than the first few is left to importance and judgement. */
const mostColumns = 2;

/** The columns that moved most, dropped one by one: worth asking, since a column that moves may mislead. */
export function dropColumns(study: Study, { findings }: Evidence): readonly Repair[] {
  const repairs = findings.flatMap(({ code, args }): Repair[] => {
    const column = columnNamed(study.whole, argText(args['column']));
    const isModelled = study.roles.features.some((feature) => feature.column.id === column?.id);
    if ((code !== 'drift.moved' && code !== 'drift.new-values') || column === undefined || !isModelled) return [];
    const plan = planOf('drift', code, { verb: 'drop-column', column: column.name });
    return [{ id: `drop-${slug(column)}`, title: `drop the column ${column.name}`, plan, units: study.train.rows }];
  });
  return repairs.slice(0, mostColumns);
}
