import type { Recipe } from '../recipe/recipe.js';
import type { Run } from '../../core/run.js';
import type { Study } from '../../core/study.js';
import { findFiles } from '../../dataset/sources/find-files.js';
import { rowsOfFiles } from '../../dataset/rows-of-files.js';
import { rolesOf } from './recipe-roles.js';

/** How new data is opened. */
export interface InputOptions {
  /** Encoding of text files; UTF-8 where absent. */
  readonly encoding?: string;
  /** Whether the first line of a CSV or TSV names the columns; detected where absent. */
  readonly header?: boolean;
  /** Folder for converted copies. */
  readonly cache: string;
}

/** Opens data a recipe is applied to. Its roles are those of the recipe. */
export async function openInput(path: string, recipe: Recipe, options: InputOptions, run: Run): Promise<Study> {
  const { names, ...source } = await findFiles(path);
  const { relation, rejects } = await run.engine.attach({ ...source, ...options }, run);
  const rows = await rowsOfFiles(relation, names.length, run);
  const files = names.map((name, i) => ({
    role: 'train' as const,
    name,
    rows: rows[i]!,
    rejected: rejects?.byFile?.[i] ?? 0,
  }));
  const roles = rolesOf(relation, recipe);
  return { files, whole: relation, train: relation, evaluation: null, test: null, reference: null, roles, split: null };
}
