import type { Query } from '../../../core/engine.js';
import type { Relation } from '../../../core/relation.js';
import { Part } from '../../../core/relation.js';

/** A split relation whose evaluation rows are left out. */
export function withoutEvaluation(relation: Relation): Query {
  const columns = relation.columns.map(({ id }) => id).join(', ');
  const part = `CASE WHEN part IN (${Part.train}, ${Part.tuning}) THEN part ELSE ${Part.leftOut} END`;
  return { sql: `SELECT k, CAST(${part} AS TINYINT) AS part, ${columns} FROM ${relation.name}` };
}

/** A relation all of whose rows are outer evaluation rows, its columns under the ids that `like` has for their names. */
export function allOuter(relation: Relation, like: Relation): Query {
  const columns = like.columns.map(({ id, name }) => {
    const own = relation.columns.find((column) => column.name === name);
    if (own === undefined) throw new Error(`the sample has no column ${name}`);
    return `${own.id} AS ${id}`;
  });
  return { sql: `SELECT k, CAST(${Part.outer} AS TINYINT) AS part, ${columns.join(', ')} FROM ${relation.name}` };
}
