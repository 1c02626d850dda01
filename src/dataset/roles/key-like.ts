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
  const unique = await uniqueIn(relation, await uniqueIn(firstRows(relation), named, run), run);
  for (const column of named) {
    if (unique.includes(column)) {
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

/** Those of the columns that differ in every row. */
async function uniqueIn(relation: Relation, columns: readonly Column[], run: Run): Promise<readonly Column[]> {
  if (columns.length === 0) return [];
  const [counts] = await run.engine.rows(distinctCounts(relation, columns), 1, run);
  return columns.filter(({ id }) => Number(counts![`${id}_values`]) === Number(counts!['rows']));
}

async function countsRows(relation: Relation, column: Column, run: Run): Promise<boolean> {
  for (const some of [firstRows(relation), relation]) {
    const [row] = await run.engine.rows(rowNumberOffsets(some, column), 1, run);
    if (row!['constant'] !== true) return false;
  }
  return true;
}

/** The first 10,000 rows of the first file: most columns are told apart there, and the rest need not be read. */
function firstRows(relation: Relation): Relation {
  return {
    ...relation,
    name: `(SELECT * FROM ${relation.name} WHERE k < 10000)`,
    rows: Math.min(relation.rows, 10_000),
  };
}
