import type { Repair } from '../../src/core/defect.js';
import type { Evidence } from '../../src/core/evidence.js';
import type { Verb } from '../../src/core/plan.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import { planOf } from '../../src/core/plan.js';
import { copyKeys, groupSizes, keysOfSize } from '../../src/dataset/sql/shapes/equal-rows.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { equalRowsTable } from './tables.js';

/** One weight step a group size; the sizes with the most rows first. */
const maxSizes = 16;

/** How far weights go towards one row a group: all the way, and half of it on the scale of logarithms. */
const strengths = [1, 0.5] as const;

/** Keep one row of each group, or let each group count as one row by weights. */
export async function repair(study: Study, evidence: Evidence, run: Run): Promise<readonly Repair[]> {
  if (evidence.flagged === null) return [];
  return [await keepFirst(study, evidence.flagged.rows, run), await weightByCluster(study, run)];
}

async function keepFirst({ train, whole }: Study, copies: number, run: Run): Promise<Repair> {
  const list = tableName('drop_copies', train.name);
  await run.engine.write(copyKeys(equalRowsTable(train)), { kind: 'table', name: list }, run);
  const verb: Verb = { verb: 'drop-row', where: { keys: { list, of: whole.hash } } };
  const title = `keep one of the exact duplicates (${copies} dropped)`;
  return { id: 'keep-first', title, plan: planOf('duplicates', 'duplicates.exact', verb), units: copies };
}

async function weightByCluster({ train, whole }: Study, run: Run): Promise<Repair> {
  const { engine } = run;
  const table = equalRowsTable(train);
  const sizes = (await engine.rows(groupSizes(table), 1_000_000, run))
    .map((row) => ({ size: Number(row['size']), rows: Number(row['rows']) }))
    .sort((a, b) => b.rows - a.rows || a.size - b.size)
    .slice(0, maxSizes);
  const groups: { readonly size: number; readonly list: string }[] = [];
  for (const { size } of sizes) {
    const list = tableName('copies_of_size', train.name, String(size));
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
      id: strength === 1 ? 'weight-by-cluster' : 'weight-by-cluster-half',
      title: `weight exact duplicates so that each group counts ${counts}`,
      plan: planOf('duplicates', 'duplicates.exact', ...verbs),
      units,
      strength,
    };
  });
  return { ...full!, others: [half!] };
}
