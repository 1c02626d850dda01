import type { Relation } from '../../src/core/relation.js';
import { tableName } from '../../src/dataset/sql/table-name.js';

/** Engine table of the equal rows of a relation, `(k, first, size, place)`: written by `detect`, read by `repair`. */
export function equalRowsTable(relation: Relation): string {
  return tableName('equal_rows', relation.name);
}

/** Engine table of the clusters of near duplicates of a relation, of the same form. */
export function nearRowsTable(relation: Relation): string {
  return tableName('near_rows', relation.name);
}
