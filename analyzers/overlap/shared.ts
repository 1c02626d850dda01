import type { Relation } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { Compared } from '../../src/dataset/sql/shapes/shared-rows.js';
import { labelSql } from '../../src/dataset/sql/label.js';
import { sharedHashes, sharedPairs, sharedRows, sharedRowsSummary } from '../../src/dataset/sql/shapes/shared-rows.js';
import { tableName } from '../../src/dataset/sql/table-name.js';

/** Rows that train and test share in some sense. */
export interface Shared {
  /** Engine tables of these rows, as `sharedRows` makes them; none where nothing is shared. */
  readonly tables: readonly string[];
  readonly train: number;
  readonly test: number;
  /** Training rows whose label no equal test row has. */
  readonly otherLabel: number;
}

export const nothing: Shared = { tables: [], train: 0, test: 0, otherLabel: 0 };

/** Rows that are equal in all that is `compared`, kept as a table named after `as`. */
export async function equalIn(
  { train, roles }: Study,
  test: Relation,
  compared: Compared,
  as: string,
  run: Run,
): Promise<Shared> {
  const { engine } = run;
  if (compared.length === 0) return nothing;
  const hashes = tableName('overlap_hashes', train.name, as);
  const table = tableName('overlap', train.name, as);
  const { dialect } = engine;
  const { rows } = await engine.write(
    sharedHashes(train, test, compared, dialect),
    { kind: 'table', name: hashes },
    run,
  );
  if (rows > 0) {
    const label = roles.label === null ? 'NULL' : labelSql(roles.label, dialect);
    await engine.write(sharedRows(train, test, compared, label, hashes, dialect), { kind: 'table', name: table }, run);
  }
  await engine.drop(hashes, run);
  return rows === 0 ? nothing : together([table], null, run);
}

/** Rows of any of the tables, those of `apart` left out, counted once. */
export async function together(tables: readonly string[], apart: string | null, run: Run): Promise<Shared> {
  if (tables.length === 0) return nothing;
  const [row = {}] = await run.engine.rows(sharedRowsSummary(tables, apart), 1, run);
  const counts = { train: Number(row['train']), test: Number(row['test']), otherLabel: Number(row['other_label']) };
  return counts.train === 0 && counts.test === 0 ? nothing : { tables, ...counts };
}

/** Pairs of equal rows, most of any table. */
export async function pairsIn({ tables }: Shared, run: Run): Promise<number> {
  let most = 0;
  for (const table of tables) {
    const [row = {}] = await run.engine.rows(sharedPairs(table), 1, run);
    most = Math.max(most, Number(row['pairs']));
  }
  return most;
}
