import type { Column } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import type { HolesOptions } from '../options.js';
import { lostLevels } from '../../../src/dataset/sql/shapes/rows-by-level.js';

/** Values of a reference file that have no row any more. */
export interface Lost {
  readonly column: Column;
  /** The commonest of them. */
  readonly values: readonly string[];
  readonly lost: number;
  /** Rows that the commonest should have here. */
  readonly expected: number;
}

const mostNamed = 20;

/** Values of users, items and text columns that the reference file has often enough to be expected here, and that are not here. */
export async function lostValues(
  { train, reference, roles }: Study,
  { leastRows }: HolesOptions,
  run: Run,
): Promise<readonly Lost[]> {
  if (reference === null || reference.rows === 0 || train.rows === 0) return [];
  const shared = new Set(reference.columns.map((c) => c.id));
  const levels = roles.features.filter((f) => f.kind === 'categorical').map((f) => f.column);
  const columns = [roles.user, roles.item, ...levels].filter(
    (c, i, all): c is Column => c !== null && shared.has(c.id) && all.findIndex((o) => o?.id === c.id) === i,
  );
  if (columns.length === 0) return [];
  const perRow = train.rows / reference.rows;
  const query = lostLevels(
    { kind: 'relations', reference, current: train },
    columns,
    Math.ceil(leastRows / perRow),
    mostNamed,
    run.engine.dialect,
  );
  const rows = await run.engine.rows(query, columns.length * mostNamed, run);
  return columns.flatMap((column, place): Lost[] => {
    const own = rows.filter((row) => Number(row['place']) === place);
    const [first] = own;
    if (first === undefined) return [];
    const values = own.map((row) => String(row['level']));
    return [{ column, values, lost: Number(first['lost']), expected: Math.round(Number(first['n']) * perRow) }];
  });
}
