import type { Experiment } from '../experiment.js';
import type { RowSet } from '../effect/row-set.js';
import type { Run } from '../../core/run.js';
import { AssayError } from '../../core/errors.js';
import { columnNamed } from '../../core/relation.js';
import { rowSetAt } from '../effect/row-set.js';
import { trustedKeys } from '../../dataset/sql/shapes/trusted-keys.js';

/**
 * The scored rows whose label the user trusts, by a column of theirs: never by a score of a model, which would prefer
 * rows that the model gets right.
 *
 * @throws AssayError `option-invalid` where the evaluation rows have no such column.
 */
export async function trustedRows(experiment: Experiment, column: string, run: Run): Promise<RowSet> {
  const { study, frame, scored } = experiment;
  const { evaluation } = study;
  const found = evaluation === null ? undefined : columnNamed(evaluation, column);
  if (evaluation === null || found === undefined) {
    throw new AssayError('option-invalid', {
      option: '--trusted',
      value: column,
      expected: 'a column of the evaluation rows',
    });
  }
  const keys = new Set<bigint>();
  for await (const batch of run.engine.batches(trustedKeys(evaluation, found), run)) {
    const values = batch.columns[0]!.values;
    for (let i = 0; i < batch.rows; i++) keys.add(BigInt(values[i]!));
  }
  const at: number[] = [];
  scored.forEach((row, position) => {
    if (keys.has(frame.keys[row]!)) at.push(position);
  });
  return rowSetAt(frame, scored, Int32Array.from(at), 'evaluation');
}
