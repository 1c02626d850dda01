import type { Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';

/** One row: `n<i>` values of each column, and `p<i>` pairs of it with `column`, which it determines where the two are equal. */
export function pairCounts(relation: Relation, column: Column, others: readonly Column[]): Query {
  const parts = others.flatMap(({ id }, i) => [
    `count(DISTINCT ${id}) AS n${i}`,
    `count(DISTINCT CASE WHEN ${id} IS NOT NULL THEN {a: ${id}, b: ${column.id}} END) AS p${i}`,
  ]);
  return { sql: `SELECT count(*) AS n, ${parts.join(', ')} FROM ${relation.name}` };
}

/** Another value of a text column for each row: the next of its values in byte order, the first after the last. */
export function otherValue(relation: Relation, { id }: Column): string {
  const values = `(SELECT DISTINCT ${id} AS v FROM ${relation.name} WHERE ${id} IS NOT NULL)`;
  const next = `(SELECT v, coalesce(lead(v) OVER (ORDER BY v), min(v) OVER ()) AS other FROM ${values})`;
  return `(SELECT other FROM ${next} AS o WHERE o.v = ${id})`;
}
