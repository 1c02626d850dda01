import type { Relation } from '../core/relation.js';
import type { Run } from '../core/run.js';
import type { Roles } from '../core/study.js';
import type { Maturity, MaturityRule } from '../stats/maturity.js';
import { maturityOf } from '../stats/maturity.js';
import { labelAges } from './sql/shapes/label-ages.js';
import { timeSpan } from './sql/shapes/marks-by-time.js';

/** Ages are counted in days: labels that arrive within one are young all day. */
export const day = 86_400;
const mostDays = 1000;

/** How complete the labels of a relation are by the age of its rows at `extracted` (seconds since 1970); null where there is no label, no time, or too little to tell. */
export async function labelMaturity(
  relation: Relation,
  { label, time }: Roles,
  extracted: number,
  rule: MaturityRule,
  run: Run,
): Promise<Maturity | null> {
  if (label === null || time === null) return null;
  const query = labelAges(relation, time, label, extracted, day, mostDays, run.engine.dialect);
  const rows = await run.engine.rows(query, mostDays + 1, run);
  const ages = rows.map((row) => ({ age: Number(row['age']), rows: Number(row['n']), positives: Number(row['y']) }));
  return maturityOf(ages, rule);
}

/** The latest moment of a relation in seconds since 1970; null where it has none. */
export async function latestMoment(relation: Relation, { time }: Roles, run: Run): Promise<number | null> {
  if (time === null) return null;
  const [span = {}] = await run.engine.rows(timeSpan(relation, time, run.engine.dialect), 1, run);
  const high = span['high'];
  return typeof high === 'number' && Number.isFinite(high) ? high : null;
}
