import type { Column, Relation } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { Shared } from './shared.js';
import { isFloat } from '../../src/dataset/sql/plan/type-names.js';
import { hashSample } from '../../src/dataset/sql/shapes/hash-sample.js';
import { onGrid } from '../../src/dataset/sql/shapes/shared-rows.js';
import { spreads } from '../../src/dataset/sql/shapes/spreads.js';
import { inGroups } from '../../src/derived/in-groups.js';
import { sampledRows } from '../../src/derived/sampled-rows.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { round12 } from '../../src/stats/round12.js';
import { equalIn, nothing, pairsIn, together } from './shared.js';

/** Rows whose quantiles are taken. */
const sampleRows = 20_000;
/** A normal distribution: distance of quartiles in standard deviations. */
const quartiles = 1.349;
/** Pairs of copies stay as many on a coarser grid, those of neighbours multiply: the grid it is tried on, and the most. */
const coarser = { times: 8, most: 2 };

/**
 * Rows that are equal but for the last digits of their decimals: the same cell in all columns on one of two grids that are
 * half a cell apart. Columns that are no decimals, time among them, must be equal. Rows of `exact` are not counted again.
 */
export async function nearRows(
  study: Study,
  test: Relation,
  columns: readonly Column[],
  exact: Shared,
  width: number,
  run: Run,
): Promise<Shared> {
  const { train, roles } = study;
  const decimals = columns.filter(({ id, type }) => isFloat(type) && id !== roles.time?.id);
  if (decimals.length === 0 || width <= 0) return nothing;
  const spread = await spreadsOf(train, decimals, run);
  if (spread.size === 0) return nothing;
  const grids = async (cells: number): Promise<Shared> => {
    const tables: string[] = [];
    for (const shift of [0, 0.5]) {
      const compared = columns.map((c) => {
        const sd = spread.get(c.id);
        return sd === undefined ? c.id : onGrid(c, cells * width * sd, shift);
      });
      const { tables: made } = await equalIn(study, test, compared, `grid ${cells} ${shift}`, run);
      tables.push(...made);
    }
    return together(tables, exact.tables[0] ?? null, run);
  };
  const near = await grids(1);
  if (near.test === 0) return nothing;
  const wide = await grids(coarser.times);
  const equal = await pairsIn(exact, run);
  const [fine, coarse] = [(await pairsIn(near, run)) - equal, (await pairsIn(wide, run)) - equal];
  return coarse > coarser.most * fine ? nothing : near;
}

/** Robust standard deviation of each column that has one. */
async function spreadsOf(train: Relation, columns: readonly Column[], run: Run): Promise<ReadonlyMap<string, number>> {
  const { engine } = run;
  const table = tableName('overlap_sample', train.name);
  const sample = hashSample(await sampledRows(train, run), columns, sampleRows, 'overlap/spread');
  await engine.write(sample, { kind: 'table', name: table }, run);
  const found = await inGroups(columns, async (some) => {
    const [row = {}] = await engine.rows(spreads(table, some, engine.dialect), 1, run);
    const sd = (i: number): number => round12((Number(row[`d${i}`] ?? 0) - Number(row[`b${i}`] ?? 0)) / quartiles);
    return some.map(({ id }, i) => [id, sd(i)] as const);
  });
  await engine.drop(table, run);
  return new Map(found.filter(([, sd]) => sd > 0));
}
