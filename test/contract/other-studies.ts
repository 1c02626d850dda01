import type { Plan } from '../../src/core/plan.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import { compilePlan } from '../../src/dataset/sql/plan/compile.js';
import { labelSql } from '../../src/dataset/sql/label.js';

/** A study whose training set is something else, under the same roles. */
async function over(study: Study, name: string, sql: string, run: Run): Promise<Study> {
  await run.engine.write({ sql }, { kind: 'table', name }, run);
  const [row = {}] = await run.engine.rows({ sql: `SELECT count(*) AS n FROM ${name}` }, 1, run);
  const whole = { ...study.whole, name, rows: Number(row['n']) };
  return { ...study, whole, train: whole };
}

/** The files nobody hopes for. */
export type Poor = 'zero rows' | 'one row' | 'one class' | 'all-null columns';

export function poorStudy(study: Study, poor: Poor, run: Run): Promise<Study> {
  const { name, columns } = study.whole;
  const one = study.roles.label === null ? 'true' : `${labelSql(study.roles.label, run.engine.dialect)} = 1`;
  const where = { 'zero rows': 'false', 'one row': 'k = 0', 'one class': one, 'all-null columns': 'true' }[poor];
  const features = new Set(study.roles.features.map((f) => f.column.id));
  const list = columns.map(({ id, type }) => {
    return poor === 'all-null columns' && features.has(id) ? `CAST(NULL AS ${type}) AS ${id}` : id;
  });
  return over(
    study,
    `poor_${poor.replaceAll(/[^a-z]/g, '_')}`,
    `SELECT k, ${list.join(', ')} FROM ${name} WHERE ${where}`,
    run,
  );
}

/** Rows that a plan leaves, as text by key and copy, for comparisons cell by cell. */
export async function rowsAfter(study: Study, plan: Plan, run: Run): Promise<ReadonlyMap<string, string>> {
  const { dialect } = run.engine;
  const { result, columns } = compilePlan(study.whole, plan, { roles: study.roles, dialect, scope: 'all' });
  const cells = columns.map(({ id }) => `coalesce(CAST(${id} AS VARCHAR), '∅')`).join(", '|', ");
  const sql = `SELECT k, copy, concat(${cells}) AS cells FROM (${result.sql})`;
  const rows = await run.engine.rows(
    { sql, ...(result.params === undefined ? {} : { params: result.params }) },
    1_000_000,
    run,
  );
  return new Map(rows.map((row) => [`${String(row['k'])}:${String(row['copy'])}`, String(row['cells'])]));
}
