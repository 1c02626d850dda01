import type { Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { Part } from '../../../core/relation.js';

/** A split relation whose evaluation rows are left out. */
export function withoutEvaluation(relation: Relation): Query {
  const columns = relation.columns.map(({ id }) => id).join(', ');
  const part = `CASE WHEN part IN (${Part.train}, ${Part.tuning}) THEN part ELSE ${Part.leftOut} END`;
  return { sql: `SELECT k, CAST(${part} AS TINYINT) AS part, ${columns} FROM ${relation.name}` };
}

/**
 * A relation all of whose rows are evaluation rows, its columns under the ids that `like` has for their names: inner ones
 * before the first moment of the outer rows of `like`, then outer ones, as where evaluation rows are divided by time.
 */
export function allEvaluation(relation: Relation, like: Relation, time: Column): Query {
  const columns = like.columns.map(({ id, name }) => {
    const own = relation.columns.find((column) => column.name === name);
    if (own === undefined) throw new Error(`the sample has no column ${name}`);
    return `${own.id} AS ${id}`;
  });
  const from = `(SELECT min(${time.id}) FROM ${like.name} WHERE part = ${Part.outer})`;
  const part = `CASE WHEN ${time.id} < ${from} THEN ${Part.inner} ELSE ${Part.outer} END`;
  return {
    sql: `SELECT k, CAST(${part} AS TINYINT) AS part, ${like.columns.map(({ id }) => id).join(', ')}
      FROM (SELECT k, ${columns.join(', ')} FROM ${relation.name})`,
  };
}
