import type { Query } from '../../core/engine.js';
import type { Column, Relation } from '../../core/relation.js';

/** A relation under other column ids and types, its files numbered from `firstFile`. */
export function alignedView(
  relation: Relation,
  pairs: readonly { readonly from: Column; readonly to: Column }[],
  firstFile: number,
): Query {
  const columns = pairs.map(({ from, to }) =>
    from.type === to.type ? `${from.id} AS ${to.id}` : `CAST(${from.id} AS ${to.type}) AS ${to.id}`,
  );
  const offset = BigInt(firstFile) << 40n;
  return { sql: `SELECT ${[`k + ${offset} AS k`, ...columns].join(', ')} FROM ${relation.name}` };
}

/** One row `cells`: values of a text column that are not null. */
export function cellCount(relation: Relation, column: Column): Query {
  return { sql: `SELECT count(${column.id}) AS cells FROM ${relation.name}` };
}
