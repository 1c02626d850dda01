import type { Relation } from '../../src/core/relation.js';
import { tableName } from '../../src/dataset/sql/table-name.js';

/** Engine table of the conflicting rows of a relation, `(k, y, size, positives, flagged, code)`: `detect` writes, `repair` reads. */
export function conflictTable(relation: Relation): string {
  return tableName('conflict_rows', relation.name);
}
