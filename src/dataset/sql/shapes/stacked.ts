import type { Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { unionAll } from './union-all.js';

/** These columns of split relations that all have them, one relation after the other. */
export function stacked(relations: readonly Relation[], columns: readonly Column[]): Query {
  const fields = columns.map(({ id }) => id).join(', ');
  return unionAll(relations.map(({ name }) => ({ sql: `SELECT k, part, ${fields} FROM ${name}` })));
}
