// Outliers: one cell in 2% of the rows damaged, rows ranked by their farthest cell.
import { outliers } from '../../../dist/analyzers/outliers/index.js';
import { yardsticksOf } from '../../../dist/analyzers/outliers/yardsticks.js';
import { createRandom } from '../../../dist/src/core/random.js';
import { createRun } from '../../../dist/src/core/run.js';
import { rowDistances } from '../../../dist/src/dataset/sql/shapes/spreads.js';
import { averagePrecision } from '../../../dist/src/stats/average-precision.js';
import { openSet } from './data.mjs';
import { mean } from './table.mjs';

/** AP of the row ranking, and precision and recall of the flagged rows. */
export async function outliersOf(set, mechanism, seed, engine, cache) {
  const run = createRun({ engine, seed, threads: 2, id: `outliers-${set}-${mechanism}-${seed}` });
  try {
    const study = await openSet(set, cache, run);
    const { train } = study;
    const columns = (await yardsticksOf(study, run)).map((m) => m.yardstick.column);
    const random = createRandom(seed).fork(`outliers/${set}`);
    const truth = new Map();
    const [order, choice] = [random.fork('row'), random.fork('column')];
    const drawn = Array.from({ length: train.rows }, (_, i) => [order.at(i), i]).sort((x, y) => x[0] - y[0]);
    for (const [, row] of drawn.slice(0, Math.floor(train.rows / 50)))
      truth.set(row, columns[Math.floor(choice.at(row) * columns.length)].id);
    await run.engine.put(
      'hit',
      [
        { name: 'row', type: 'BIGINT', values: BigInt64Array.from(truth.keys(), BigInt) },
        { name: 'id', type: 'VARCHAR', values: [...truth.values()] },
      ],
      run,
    );
    const list = train.columns.map(({ id }) => {
      if (!columns.some((c) => c.id === id)) return id;
      const sd = `(SELECT stddev_pop(CAST(${id} AS DOUBLE)) FROM ${train.name})`;
      const to = mechanism === 'times-ten' ? `10 * CAST(${id} AS DOUBLE)` : `CAST(${id} AS DOUBLE) + 6 * ${sd}`;
      return `CAST(CASE WHEN hit.id = '${id}' THEN ${to} ELSE ${id} END AS DOUBLE) AS ${id}`;
    });
    const name = `far_${set}_${seed}_${mechanism.replaceAll('-', '_')}`;
    const sql = `SELECT k, ${list.join(', ')} FROM ${train.name} LEFT JOIN hit ON hit.row = k`;
    await run.engine.write({ sql }, { kind: 'table', name }, run);
    const types = train.columns.map((c) => (columns.some((o) => o.id === c.id) ? { ...c, type: 'DOUBLE' } : c));
    const relation = { ...train, name, columns: types };
    const features = study.roles.features.map((f) => ({ ...f, column: types.find((c) => c.id === f.column.id) }));
    const damaged = { ...study, whole: relation, train: relation, roles: { ...study.roles, features } };
    const yardsticks = (await yardsticksOf(damaged, run)).map((m) => m.yardstick);
    const rows = await run.engine.rows(rowDistances(name, yardsticks), train.rows, run);
    const hit = Uint8Array.from(rows, (row) => Number(truth.has(Number(row.k))));
    const { flagged } = await outliers.detect(damaged, run);
    const keys =
      flagged === null
        ? []
        : await run.engine.rows({ sql: `SELECT DISTINCT k FROM ${flagged.relation}` }, train.rows, run);
    const right = keys.filter((row) => truth.has(Number(row.k))).length;
    return {
      ap: averagePrecision(
        Float64Array.from(rows, (row) => row.z),
        hit,
      ),
      precision: keys.length === 0 ? 0 : right / keys.length,
      recall: right / truth.size,
    };
  } finally {
    await run.close();
  }
}

/** The lines of outliers. */
export async function outlierLines({ engine, cache, once, say, figure }) {
  say('outliers: one cell in 2% of the rows, mean of 5 seeds');
  const wanted = { 'telco times-ten': 0.78, 'telco spike': 0.95, 'higgs times-ten': 0.24, 'higgs spike': null };
  for (const [name, bar] of Object.entries(wanted)) {
    const [set, mechanism] = name.split(' ');
    const cells = [];
    for (const seed of [1, 2, 3, 4, 5])
      cells.push(await once(`outliers ${name} ${seed}`, () => outliersOf(set, mechanism, seed, engine, cache)));
    const of = (what) => mean(cells.map((c) => c[what]));
    say(
      `  ${name.padEnd(16)} AP ${of('ap').toFixed(3)}  flagged rows: P ${of('precision').toFixed(3)} R ${of('recall').toFixed(3)}`,
    );
    if (bar !== null) figure(`outliers.${mechanism}.${set}`, of('ap'), '>=', bar);
  }
}
