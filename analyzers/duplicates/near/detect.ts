import type { PutColumn } from '../../../src/core/engine.js';
import type { Finding } from '../../../src/core/evidence.js';
import type { Column } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import type { DuplicatesOptions } from '../options.js';
import type { Member } from './clusters.js';
import type { Matches } from './matches.js';
import { keysInOrder } from '../../../src/dataset/sql/shapes/equal-rows.js';
import { rootRandom } from '../../../src/models/root-random.js';
import { nearRowsTable } from '../tables.js';
import { clustersOf } from './clusters.js';
import { matchesOf } from './matches.js';
import { readRecords } from './records.js';

/** What was found beside equal rows; null where rows are no things that could be written twice. */
export interface Near {
  readonly groups: number;
  /** Rows beyond the first of each cluster; they are in {@link nearRowsTable}. */
  readonly copies: number;
  readonly finding: Finding | null;
}

/** Finds rows that are one thing written twice, in a table of at most `nearRows` rows that names things. */
export async function findNear(
  { train, roles }: Study,
  describing: readonly Column[],
  { nearRows, nearCosine }: DuplicatesOptions,
  run: Run,
): Promise<Near | null> {
  if (train.rows < 2 || train.rows > nearRows) return null;
  const apart = new Set([roles.label?.column.id, roles.time?.id, roles.weight?.id, roles.position?.id]);
  const records = await readRecords(
    train,
    describing.filter(({ id }) => !apart.has(id)),
    run,
  );
  if (records === null) return null;
  const matches = matchesOf(records, nearCosine, rootRandom(run).fork('duplicates').fork('near'));
  const { members, left } = clustersOf(matches.pairs, train.rows);
  const groups = members.filter(({ place }) => place === 1).length;
  const copies = members.length - groups;
  if (copies === 0) return { groups, copies, finding: null };
  const columns = records.columns.map(({ name }) => name);
  await keep(train.name, nearRowsTable(train), members, run);
  return { groups, copies, finding: findingOf(matches, { groups, copies, left, columns, share: copies / train.rows }) };
}

/** Matches by EM are told from chance by their own rates; a cosine is a look. */
function findingOf({ by, pairs, byChance }: Matches, args: Finding['args']): Finding {
  const severity = by === 'cosine' ? 'note' : 'suspect';
  return { code: 'duplicates.near', severity, args: { ...args, by, pairs: pairs.length, byChance } };
}

async function keep(relation: string, table: string, members: readonly Member[], run: Run): Promise<void> {
  const keys: bigint[] = [];
  for await (const batch of run.engine.batches(keysInOrder(relation), run))
    keys.push(...(batch.columns[0]!.values as BigInt64Array).subarray(0, batch.rows));
  const columns: readonly PutColumn[] = [
    { name: 'k', type: 'BIGINT', values: BigInt64Array.from(members, ({ row }) => keys[row]!) },
    { name: 'first', type: 'BIGINT', values: BigInt64Array.from(members, ({ first }) => keys[first]!) },
    { name: 'size', type: 'BIGINT', values: BigInt64Array.from(members, ({ size }) => BigInt(size)) },
    { name: 'place', type: 'BIGINT', values: BigInt64Array.from(members, ({ place }) => BigInt(place)) },
  ];
  await run.engine.put(table, columns, run);
}
