import type { Evidence, Finding } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { Measured } from './yardsticks.js';
import type { OutliersOptions } from './options.js';
import { flaggedOfColumns } from '../../src/dataset/sql/shapes/rows-by-column.js';
import { farByColumn, farCells, farRows } from '../../src/dataset/sql/shapes/spreads.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { wilson } from '../../src/stats/proportion.js';
import { exponential } from '../../src/models/gbdt/exponential.js';
import { round12 } from '../../src/stats/round12.js';
import { isTail } from './tail.js';
import { mostColumns, numericFeatures, yardsticksOf } from './yardsticks.js';

const code = 'outliers.far';

/** Fewer far values than this in a column are noted: the end of an honest tail, or the one dear item of a shop. */
const leastValues = 3;

/** Flags cells three times as far out as 99 in 100 cells of their column, where its tail does not reach that far by itself. */
export async function detect(study: Study, run: Run, { times }: OutliersOptions): Promise<Evidence> {
  const measured = await yardsticksOf(study, run);
  if (measured.length === 0) return { measurements: [], findings: leftOut(study), score: 0, flagged: null };
  const { train } = study;
  const { engine } = run;
  const far = tableName('far_cells', train.name);
  const limits = measured.map(({ yardstick, far }) => ({ yardstick, limit: times * far }));
  const rowsOfFar = tableName('far_rows', train.name);
  await engine.write(farRows(train.name, limits), { kind: 'table', name: rowsOfFar }, run);
  await engine.write(farCells(rowsOfFar, limits, code, engine.dialect), { kind: 'table', name: far }, run);
  await engine.drop(rowsOfFar, run);
  const counts = await engine.rows(farByColumn(far), measured.length, run);
  const found = counts
    .map((row) => ({
      cells: Number(row['n']),
      different: Number(row['different']),
      of: measured.find(({ yardstick }) => yardstick.column.name === row['column_name'])!,
    }))
    .filter(({ of, cells: n }) => !isTail(of, times, n, train.rows));
  const relation = tableName('flagged_outliers', train.name);
  const names = found.map(({ of }) => of.yardstick.column.name);
  const { rows } = await engine.write(
    flaggedOfColumns(far, names, engine.dialect),
    { kind: 'table', name: relation },
    run,
  );
  await engine.drop(far, run);
  const cells = measured.length * train.rows;
  return {
    measurements: [
      { name: 'outliers.share', value: rows / cells, unit: 'share', ...wilson(rows, cells) },
      ...found.map(({ cells: value, of }) => {
        return { name: 'outliers.cells', value, unit: 'count', column: of.yardstick.column.name } as const;
      }),
    ],
    findings: [...found.map(({ cells: n, different, of }) => findingOf(of, n, different, times)), ...leftOut(study)],
    score: rows / cells,
    flagged: rows === 0 ? null : { relation, rows },
  };
}

function leftOut(study: Study): readonly Finding[] {
  const columns = numericFeatures(study).length - mostColumns;
  if (columns <= 0) return [];
  return [{ code: 'outliers.not-looked-at', severity: 'note', args: { columns, first: mostColumns } }];
}

function findingOf({ yardstick, from, to, far }: Measured, cells: number, different: number, times: number): Finding {
  const { column, log, centre, sd } = yardstick;
  const at = (side: number): number => {
    const x = centre + side * times * far * sd;
    return round12(log ? exponential(x) : x);
  };
  return {
    code,
    severity: different >= leastValues ? 'suspect' : 'note',
    args: { column: column.name, cells, low: at(-1), high: at(1), from, to },
  };
}
