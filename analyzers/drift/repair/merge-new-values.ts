import type { Repair } from '../../../src/core/defect.js';
import type { Evidence } from '../../../src/core/evidence.js';
import type { Literal } from '../../../src/core/plan.js';
import type { Study } from '../../../src/core/study.js';
import { argText } from '../../../src/core/arg-text.js';
import { planOf } from '../../../src/core/plan.js';
import { columnNamed } from '../../../src/core/relation.js';
import { slug } from './slug.js';

/** Columns offered, and new values a lookup may hold: more is no longer a slip but another vocabulary. */
const mostColumns = 3;
const mostValues = 10;

/** New values of a column become its most frequent known one. */
export function mergeNewValues(study: Study, { findings }: Evidence): readonly Repair[] {
  const repairs = findings.flatMap(({ code, args }): Repair[] => {
    const column = columnNamed(study.whole, argText(args['column']));
    const { values, usual, rows } = args;
    if (code !== 'drift.new-values' || column === undefined || !Array.isArray(values)) return [];
    if (typeof usual !== 'string' || values.length > mostValues) return [];
    const literal = (text: unknown): Literal => ({ type: column.type, text: String(text) });
    const lookup = values.map((value: unknown) => [literal(value), literal(usual)] as const);
    const plan = planOf('drift', code, { verb: 'map-column', column: column.name, lookup, other: 'keep' });
    const title = `${column.name}: ${values.join(', ')} become ${usual}`;
    return [{ id: `merge-new-values-${slug(column)}`, title, plan, units: Number(rows) }];
  });
  return repairs.slice(0, mostColumns);
}
