import { createRun } from '../../../src/core/run.js';
import { AssayError } from '../../../src/core/errors.js';
import type { Relation } from '../../../src/core/relation.js';
import type { Roles } from '../../../src/core/study.js';
import { assignRoles } from '../../../src/dataset/roles/assign-roles.js';
import { findFiles } from '../../../src/dataset/sources/find-files.js';
import { cellsOfFirstRows } from '../../../src/dataset/sql/shapes/cells-of-rows.js';
import { roleNames, type Preview } from '../../contract/datasets.js';
import { maskingBefore } from '../tables/personal.js';
import type { Tables } from '../tables/tables.js';

/** Rows in which examples are looked for. */
const looked = 20;

/** A file as Assay reads it: columns with examples, and the roles as they would be inferred, each with its reason. */
export async function previewOf(
  dataset: string,
  file: string,
  tables: Tables,
  cache: string,
  signal: AbortSignal,
): Promise<Preview> {
  const run = createRun({ engine: tables.engine, signal, id: 'preview' });
  const { names: _, ...files } = await findFiles(file);
  const { relation, rejects } = await tables.engine.attach({ ...files, cache }, run);
  const columns = await columnsOf(relation, tables, signal);
  const roles = await assignRoles(relation, {}, run).catch((thrown: unknown) => {
    if (thrown instanceof AssayError && thrown.exit === 3) return thrown.message;
    throw thrown;
  });
  const read = { dataset, rows: relation.rows, rejected: rejects?.rows ?? 0, columns };
  if (typeof roles === 'string') return { ...read, roles: [], positive: null, problem: roles };
  return { ...read, roles: rolesOf(roles), positive: roles.label?.positive ?? null, problem: null };
}

async function columnsOf(relation: Relation, tables: Tables, signal: AbortSignal): Promise<Preview['columns']> {
  const rows = await tables.engine.rows(
    cellsOfFirstRows(relation, relation.columns, looked),
    looked,
    tables.call(signal),
  );
  const columns = relation.columns.map(({ id, name, type }) => ({
    name,
    type,
    values: rows.map((row) => row[id]).filter((value) => typeof value === 'string'),
  }));
  const masking = maskingBefore(columns);
  return columns.map(({ name, type, values }) => ({
    name,
    type,
    examples: [...new Set(values.map((value) => masking.cell(name, value)))].slice(0, 3),
  }));
}

function rolesOf(roles: Roles): Preview['roles'] {
  return roleNames.flatMap((role) => {
    const column = role === 'label' ? roles.label?.column : roles[role];
    return column == null ? [] : [{ role, column: column.name, reason: roles.reasons[role] ?? 'given' }];
  });
}
