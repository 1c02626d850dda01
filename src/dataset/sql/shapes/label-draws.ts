import type { Dialect, Query } from '../../../core/engine.js';
import type { Relation } from '../../../core/relation.js';
import type { Label } from '../../../core/study.js';
import type { Drawing } from './drawn-units.js';
import type { Slice } from './hot-cells.js';
import { labelSql } from '../label.js';
import { weightedDraw } from './drawn-units.js';
import { sliceSql } from './hot-cells.js';

/**
 * Rows with the given label (all labelled rows for null), in slices where there are any, in uniformly drawn order, each
 * with the other label as its value.
 */
export function labelDraw(
  label: Label,
  given: 0 | 1 | null,
  slices: readonly Slice[],
  seed: string,
  dialect: Dialect,
): Drawing {
  const y = labelSql(label, dialect);
  const inSlices = slices.map((slice) => sliceSql(slice, dialect)).join(' OR ');
  const where = `${given === null ? `${y} IS NOT NULL` : `${y} = ${given}`}${inSlices === '' ? '' : ` AND (${inSlices})`}`;
  return { where, draw: dialect.uniform(seed, 'k'), value: flippedSql(label, dialect) };
}

/**
 * All rows, each with the other label as its value, those near the decision boundary first: drawn with weight exp(-2 |logit p - logit base|), where `base` is
 * the positive rate. `probabilities` is a table `(k, p)`.
 */
export function boundaryUnits(
  relation: Relation,
  label: Label,
  probabilities: string,
  base: number,
  seed: string,
  dialect: Dialect,
): Query {
  const clipped = 'greatest(least(p, 0.99999), 0.00001)';
  const distance = `abs(ln(${clipped} / (1 - ${clipped})) - (${Math.log(base / (1 - base))}))`;
  const draw = weightedDraw(seed, `exp(-2 * ${distance})`, dialect);
  return {
    sql: `SELECT k, CAST(0 AS INTEGER) AS copy, ${draw} AS draw, value
      FROM (SELECT r.k, q.p, ${flippedSql(label, dialect)} AS value
        FROM ${relation.name} AS r JOIN ${probabilities} AS q ON q.k = r.k)`,
  };
}

/** The other label, in the label's own type. */
function flippedSql(label: Label, dialect: Dialect): string {
  const { positive, negative, column } = label;
  const other = `CASE ${labelSql(label, dialect)} WHEN 1 THEN ${dialect.text(negative)} ELSE ${dialect.text(positive)} END`;
  return `CAST(${other} AS ${column.type})`;
}
