import type { Column, Relation } from '../../core/relation.js';
import type { Run } from '../../core/run.js';
import { distinctCounts, rowNumberOffsets } from '../sql/shapes/role-facts.js';
import { isInteger, kindOf } from './column-kind.js';
import { isKeyName } from './known-names.js';

/**
 * Columns that name rows and say nothing about them, with the reason, by column id: named like an id and different
 * in every row, or counting the rows of each file.
 */
export async function keyLike(
  relation: Relation,
  not: ReadonlySet<string>,
  run: Run,
): Promise<ReadonlyMap<string, string>> {
  const named = relation.columns.filter((c) => !not.has(c.id) && isKeyName(c.name) && isIdType(c));
  const found = new Map<string, string>();
  // One row is always unique; that says nothing.
  if (named.length === 0 || relation.rows < 2) return found;
  const [counts] = await run.engine.rows(distinctCounts(relation, named), 1, run);
  for (const column of named) {
    if (Number(counts![`${column.id}_values`]) === relation.rows) {
      found.set(column.id, 'named like an id and different in every row: it names rows and says nothing about them');
    } else if (isInteger(column.type) && (await countsRows(relation, column, run))) {
      found.set(column.id, 'it counts the rows of the file');
    }
  }
  return found;
}

function isIdType(column: Column): boolean {
  return kindOf(column.type) === 'text' || isInteger(column.type);
}

async function countsRows(relation: Relation, column: Column, run: Run): Promise<boolean> {
  const [row] = await run.engine.rows(rowNumberOffsets(relation, column), 1, run);
  return row!['constant'] === true;
}
