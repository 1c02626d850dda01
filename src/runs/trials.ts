import type { VectorValues } from '../core/engine.js';
import type { Run } from '../core/run.js';
import type { TypeName } from '../core/plan.js';
import type { Experiment } from '../ablation/experiment.js';
import { everything } from '../dataset/sql/shapes/everything.js';

const table = 'trials_of_run';

/**
 * Writes what every comparison of a run was made of to a Parquet file, one row for each training, set of rows and
 * metric: a gain is the mean over seeds of its arm less the arm `as is` on the same rows.
 */
export async function writeTrials(experiment: Experiment, file: string, run: Run): Promise<void> {
  const records = experiment.trials();
  const columns: readonly Column[] = [
    texts(
      'arm',
      records.map((r) => r.arm),
    ),
    texts(
      'model',
      records.map(() => experiment.model),
    ),
    counts(
      'units',
      records.map((r) => r.units),
    ),
    counts(
      'training_rows',
      records.map(() => experiment.trainRows),
    ),
    counts(
      'seed',
      records.map((r) => r.seed),
    ),
    texts(
      'on_rows',
      records.map((r) => r.on),
    ),
    counts(
      'rows',
      records.map((r) => r.rows),
    ),
    counts(
      'positives',
      records.map((r) => r.positives),
    ),
    texts(
      'metric',
      records.map((r) => r.metric),
    ),
    ['value', 'DOUBLE', Float64Array.from(records, (r) => r.value)],
  ];
  await run.engine.put(
    table,
    columns.map(([name, type, values]) => ({ name, type, values })),
    run,
  );
  await run.engine.write(everything(table), { kind: 'parquet', path: file }, run);
  await run.engine.drop(table, run);
}

function texts(name: string, values: readonly string[]): Column {
  return [name, 'VARCHAR', values];
}

function counts(name: string, values: readonly number[]): Column {
  return [name, 'INTEGER', Int32Array.from(values)];
}

type Column = readonly [name: string, type: TypeName, values: VectorValues];
