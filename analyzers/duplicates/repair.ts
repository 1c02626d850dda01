import type { Repair } from '../../src/core/defect.js';
import type { Evidence } from '../../src/core/evidence.js';
import type { Verb } from '../../src/core/plan.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import { planOf } from '../../src/core/plan.js';
import { copyKeys, groupSizes, keysOfSize } from '../../src/dataset/sql/shapes/equal-rows.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { equalRowsTable, nearRowsTable } from './tables.js';

/** One weight step a group size; the sizes with the most rows first. */
const maxSizes = 16;

/** How far weights go towards one row a group: all the way, and half of it on the scale of logarithms. */
const strengths = [1, 0.5] as const;

/** One way in which rows repeat, and the table that holds the groups. */
interface Kind {
  readonly suffix: '' | '-near';
  readonly code: 'duplicates.exact' | 'duplicates.near';
  readonly said: string;
  readonly table: string;
}

/** Keep one row of each group, or let each group count as one row by weights; of near duplicates the weights first. */
export async function repair(study: Study, evidence: Evidence, run: Run): Promise<readonly Repair[]> {
  const { train } = study;
  const found = (name: string): number => Number(evidence.findings.find((f) => f.code === name)?.args['copies'] ?? 0);
  const exact: Kind = { suffix: '', code: 'duplicates.exact', said: 'exact', table: equalRowsTable(train) };
  const near: Kind = { suffix: '-near', code: 'duplicates.near', said: 'near', table: nearRowsTable(train) };
  const repairs: Repair[] = [];
  const copies = found(exact.code);
  if (copies > 0) repairs.push(await keepFirst(study, exact, copies, run), await weightByCluster(study, exact, run));
  const alike = found(near.code);
  if (alike > 0) repairs.push(await weightByCluster(study, near, run), await keepFirst(study, near, alike, run));
  return repairs;
}

async function keepFirst({ train, whole }: Study, kind: Kind, copies: number, run: Run): Promise<Repair> {
  const list = tableName(`drop_copies${kind.suffix}`, train.name);
  await run.engine.write(copyKeys(kind.table), { kind: 'table', name: list }, run);
  const verb: Verb = { verb: 'drop-row', where: { keys: { list, of: whole.hash } } };
  const title = `keep one of the ${kind.said} duplicates (${copies} dropped)`;
  return { id: `keep-first${kind.suffix}`, title, plan: planOf('duplicates', kind.code, verb), units: copies };
}

async function weightByCluster({ train, whole }: Study, kind: Kind, run: Run): Promise<Repair> {
  const { engine } = run;
  const { table } = kind;
  const sizes = (await engine.rows(groupSizes(table), 1_000_000, run))
    .map((row) => ({ size: Number(row['size']), rows: Number(row['rows']) }))
    .sort((a, b) => b.rows - a.rows || a.size - b.size)
    .slice(0, maxSizes);
  const groups: { readonly size: number; readonly list: string }[] = [];
  for (const { size } of sizes) {
    const list = tableName(`copies_of_size${kind.suffix}`, train.name, String(size));
    await engine.write(keysOfSize(table, size), { kind: 'table', name: list }, run);
    groups.push({ size, list });
  }
  const units = sizes.reduce((sum, { rows }) => sum + rows, 0);
  const [full, half] = strengths.map((strength): Repair => {
    const verbs = groups.map(({ size, list }): Verb => {
      return { verb: 'weight-row', where: { keys: { list, of: whole.hash } }, factor: size ** -strength };
    });
    const counts = strength === 1 ? 'once' : 'as the root of its size';
    return {
      id: `weight-by-cluster${kind.suffix}${strength === 1 ? '' : '-half'}`,
      title: `weight ${kind.said} duplicates so that each group counts ${counts}`,
      plan: planOf('duplicates', kind.code, ...verbs),
      units,
      strength,
    };
  });
  return { ...full!, others: [half!] };
}
