import type { TableName } from '../../core/engine.js';
import type { Run } from '../../core/run.js';
import type { Study } from '../../core/study.js';
import type { Recipe } from '../recipe/recipe.js';
import { AssayError } from '../../core/errors.js';
import { rolesOf } from '../apply/recipe-roles.js';
import { nameOf } from './target.js';

/** A table that a recipe is applied to. */
export interface OpenedTable {
  readonly study: Study;
  readonly table: TableName;
  /** Columns that identify a row. */
  readonly key: readonly string[];
  /** True where row keys are numbers given here. */
  readonly numbered: boolean;
}

/** Opens a table such that every value comes back as it was. */
export async function openTable(
  table: TableName,
  key: readonly string[],
  recipe: Recipe,
  run: Run,
): Promise<OpenedTable> {
  const name = nameOf(table);
  const attached = await run.engine.attach({ ...table, key, exact: true }, run);
  const { relation } = attached;
  const unchanged = async (): Promise<void> => {
    if ((await attached.unchanged?.(run)) === false) throw new AssayError('file-changed', { path: name });
  };
  const study: Study = {
    files: [{ role: 'train', name, rows: relation.rows, rejected: 0 }],
    whole: relation,
    train: relation,
    evaluation: null,
    test: null,
    reference: null,
    roles: rolesOf(relation, recipe),
    split: null,
    unchanged,
  };
  return { study, table, key, numbered: attached.numbered === true };
}
