import type { Query, TableColumn, TableForm, TableName } from '../../core/engine.js';
import type { Plan } from '../../core/plan.js';
import type { Column, Relation } from '../../core/relation.js';
import type { Run } from '../../core/run.js';
import type { Compiled } from '../../dataset/sql/plan/compiled.js';
import type { Counts } from '../files/manifest.js';
import type { TableManifest } from './manifest.js';
import type { OpenedTable } from './open-table.js';
import type { Target } from './target.js';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '../../core/errors.js';
import { compilePlan } from '../../dataset/sql/plan/compile.js';
import { cleanedQuery, keyNames, logColumns, quarantineQuery } from '../../dataset/sql/plan/files.js';
import { checkCounts } from '../files/check-counts.js';
import { countEntries } from '../files/count-changes.js';
import { fileNames } from '../files/manifest.js';
import { setForGood } from '../files/set-for-good.js';
import { stagedFolder } from '../files/staged-folder.js';
import { stampOf } from '../files/stamp.js';
import { logOf } from './log-with-keys.js';
import { nameOf } from './target.js';

/** A table to write, in the words of its draft. */
interface Part {
  readonly of: keyof Target;
  readonly form: TableForm;
  readonly query: Query;
}

/**
 * Cleans a table by a plan into tables of its server, which computes all of it: the cleaned rows, the rows that are gone
 * with their source values, the source values of dropped columns, and the log of changes. Each is filled under the
 * name of a draft by one `INSERT INTO … SELECT`; they get their own names once their counts agree and the source is
 * what it was, the cleaned rows last, and `folder` with recipe and manifest comes after that. Whatever goes wrong, an
 * abort included, the tables begun are removed. The source is only read.
 * @throws AssayError `table-exists`, `file-changed`, `tables-left`, or what a folder of files throws.
 */
export async function writeTables(
  opened: OpenedTable,
  plan: Plan,
  target: Target,
  folder: string,
  run: Run,
  recipe: string,
): Promise<TableManifest> {
  const { study, key } = opened;
  const compiled = compilePlan(study.whole, plan, {
    roles: study.roles,
    dialect: run.engine.dialect,
    scope: 'train-rows',
  });
  const parts = partsOf(opened, plan, compiled, run);
  const made: TableName[] = [];
  try {
    return await stagedFolder(folder, run.signal, async (staging) => {
      const drafts = await fillDrafts(parts, target, made, run);
      // First, as rows that came meanwhile would make the counts disagree.
      await study.unchanged?.();
      const counts = await countsOf(plan, compiled, drafts, study.whole, run);
      await writeFile(join(staging, fileNames.recipe), recipe);
      const stamp = await stampOf(join(staging, fileNames.recipe), run.signal);
      const { whole, roles } = study;
      const manifest: TableManifest = {
        manifest: 'tables-1',
        source: {
          ...opened.table,
          hash: whole.hash,
          rows: whole.rows,
          key,
          columns: whole.columns.map(({ id, name, type }) => ({ id, name, type })),
          label: roles.label?.column.id ?? null,
          weight: roles.weight?.id ?? null,
        },
        plan,
        effects: compiled.effects,
        tables: { ...target, quarantineColumns: compiled.dropped.length > 0 ? target.quarantineColumns : null },
        cleaned: compiled.columns,
        dropped: compiled.dropped,
        pairs: compiled.pairs,
        keyNames: keyNames(whole.columns),
        counts,
        files: { [fileNames.recipe]: stamp },
      };
      await writeFile(join(staging, fileNames.manifest), `${JSON.stringify(manifest, null, 2)}\n`);
      await publish(drafts, target, made, run);
      return manifest;
    });
  } catch (thrown) {
    await run.engine.tables!.drop(made, run).catch(() => {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      throw new AssayError('tables-left', { tables: made.map(nameOf), reason }, { cause: thrown });
    });
    throw thrown;
  }
}

/** The tables of a cleaning, that of the cleaned rows last. */
function partsOf(
  { study, table, key, numbered }: OpenedTable,
  plan: Plan,
  compiled: Compiled,
  run: Run,
): readonly Part[] {
  const { whole } = study;
  const { dialect } = run.engine;
  const names = keyNames(whole.columns);
  const forGood = setForGood(plan, compiled);
  const kept = (columns: readonly Column[]): readonly TableColumn[] => [
    { name: names.file, type: 'INTEGER' },
    { name: names.row, type: 'BIGINT' },
    { name: names.copy, type: 'INTEGER' },
    ...columns.map((c) => (forGood.has(c.id) ? { name: c.name, type: c.type } : { name: c.name, like: c.name })),
  ];
  const quarantined = (of: Part['of'], query: Query, columns: readonly Column[]): Part => ({
    of,
    form: { source: table, columns: kept(columns), order: [names.row] },
    query: quarantineQuery(query, columns, names, false, dialect),
  });
  const dropped = whole.columns.filter((c) => compiled.dropped.includes(c.id));
  const columns = compiled.quarantineColumns;
  const log = logOf(compiled, whole, key, numbered, dialect);
  return [
    { of: 'changes', form: { source: table, columns: log.columns, order: ['step', 'row_key'] }, query: log.query },
    ...(columns === null ? [] : [quarantined('quarantineColumns', columns, dropped)]),
    quarantined('quarantine', compiled.quarantine, whole.columns),
    { of: 'cleaned', form: cleanedForm(table, key, whole, compiled), query: cleanedQuery(compiled, false, dialect) },
  ];
}

/** A column that no step touched keeps its type to the letter; rows lie by the key of the source where it is still there. */
function cleanedForm(source: TableName, key: readonly string[], whole: Relation, { columns }: Compiled): TableForm {
  const sourceName = (id: string): string | undefined => whole.columns.find((c) => c.id === id)?.name;
  const order = columns.filter((c) => !c.touched && key.includes(sourceName(c.id) ?? '')).map((c) => c.name);
  return {
    source,
    columns: columns.map((c) =>
      c.touched ? { name: c.name, type: c.type } : { name: c.name, like: sourceName(c.id)! },
    ),
    order: order.length === key.length ? order : [],
  };
}

type Drafts = ReadonlyMap<keyof Target, { readonly table: TableName; readonly rows: number }>;

/** Fills the drafts; `made` is told of each before it is begun. */
async function fillDrafts(parts: readonly Part[], target: Target, made: TableName[], run: Run): Promise<Drafts> {
  const own = randomBytes(4).toString('hex');
  const drafts = new Map<keyof Target, { table: TableName; rows: number }>();
  for (const { of, form, query } of parts) {
    const { database, table } = target[of];
    const draft = { database, table: `${table}__draft_${own}` };
    made.push(draft);
    drafts.set(of, { table: draft, ...(await run.engine.tables!.make(draft, form, query, run)) });
  }
  return drafts;
}

/** Counts what lies in the drafts, and checks that it adds up. */
async function countsOf(plan: Plan, compiled: Compiled, drafts: Drafts, whole: Relation, run: Run): Promise<Counts> {
  const { id } = run.engine.dialect;
  const rowsOf = (of: keyof Target): number => drafts.get(of)!.rows;
  const { database, table } = drafts.get('changes')!.table;
  const log: Relation = {
    name: `${id(database)}.${id(table)}`,
    columns: logColumns(compiled.pairs).map(({ name, type }) => ({ id: id(name), name, type })),
    rows: rowsOf('changes'),
    split: false,
    hash: '',
  };
  const { steps, copies } = await countEntries(plan, log, run);
  const counts = { cleaned: rowsOf('cleaned'), quarantine: rowsOf('quarantine'), copies, changes: log.rows, steps };
  checkCounts(counts, whole.rows);
  return counts;
}

/** Gives the drafts their names, in the order in which they were filled. */
async function publish(drafts: Drafts, target: Target, made: TableName[], run: Run): Promise<void> {
  for (const [of, { table }] of drafts) {
    await run.engine.tables!.rename(table, target[of], run);
    made.push(target[of]);
  }
}
