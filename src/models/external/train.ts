import type { Query } from '../../core/engine.js';
import type { Run } from '../../core/run.js';
import type { ExternalCommand } from './command.js';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AssayError } from '../../core/errors.js';
import { fillIn } from './command.js';
import { readPredictions } from './read-predictions.js';
import { runCommand } from './run-command.js';

/** One training of a user's command: its tables, and what the command is told of them. */
export interface ExternalTraining {
  readonly train: Query;
  readonly test: Query;
  /** Rows the test table must have. */
  readonly testRows: number;
  readonly seed: number;
  readonly label: string;
  /** Column of case weights in the training table; null where all rows weigh the same. */
  readonly weight: string | null;
  readonly features: readonly { readonly name: string; readonly kind: 'numeric' | 'categorical' }[];
}

/**
 * Trains a user's command once and returns the probability of label 1 for each test row. Tables, spec and predictions
 * lie in a private folder, removed whatever happens; the command is told of another folder of its own by TMPDIR.
 * @throws AssayError one of the `trainer-…` and `predictions-…` codes, `interrupted`.
 */
export async function trainExternal(
  command: ExternalCommand,
  training: ExternalTraining,
  run: Run,
): Promise<Float64Array> {
  const folder = await mkdtemp(path.join(tmpdir(), 'assay-external-'));
  try {
    const at = (name: string): string => path.join(folder, name);
    const places = {
      train: at('train.parquet'),
      test: at('test.parquet'),
      predictions: at('predictions'),
      spec: at('spec.json'),
      seed: String(training.seed),
    };
    const train = await run.engine.write(training.train, { kind: 'parquet', path: places.train }, run);
    const test = await run.engine.write(training.test, { kind: 'parquet', path: places.test }, run);
    if (test.rows !== training.testRows) {
      throw new AssayError('internal', {
        message: `${test.rows} of ${training.testRows} evaluation rows were written`,
      });
    }
    const { seed, label, weight, features } = training;
    const rows = { train: train.rows, test: test.rows };
    const { train: trainFile, test: testFile, predictions } = places;
    const threads = run.threads;
    const spec = {
      version: 1,
      seed,
      threads,
      label,
      weight,
      features,
      rows,
      train: trainFile,
      test: testFile,
      predictions,
    };
    await writeFile(places.spec, `${JSON.stringify(spec, null, 2)}\n`);
    // Learners that spread over all cores wait for each other where the cores are taken; a user's own number rules.
    const openMp = process.env['OMP_NUM_THREADS'] === undefined ? { OMP_NUM_THREADS: String(threads) } : {};
    const env = { ...openMp, ASSAY_SPEC: places.spec, ASSAY_SEED: places.seed, TMPDIR: folder };
    await runCommand(command, fillIn(command.argv, places), env, run.signal);
    return await readPredictions(command.name, places.predictions, test.rows, at('cache'), run);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
