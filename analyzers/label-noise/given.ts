import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import { AssayError } from '../../src/core/errors.js';
import { givenLabels } from '../../src/dataset/sql/shapes/given-labels.js';

/** Training rows in key order: what the label says and what the model expects. */
export interface Given {
  readonly keys: BigInt64Array;
  /** 0 or 1. */
  readonly label: Uint8Array;
  /** Out-of-fold probability of label 1. */
  readonly p: Float64Array;
}

/** Joins labels to out-of-fold probabilities, which are in key order too. */
export async function givenRows(
  study: Study,
  scores: { readonly keys: BigInt64Array; readonly p: Float64Array },
  run: Run,
): Promise<Given> {
  const rows = scores.keys.length;
  const label = new Uint8Array(rows);
  let at = 0;
  const query = givenLabels(study.train, study.roles.label!, run.engine.dialect);
  for await (const batch of run.engine.batches(query, run)) {
    const [k, y] = batch.columns.map((column) => column.values);
    for (let i = 0; i < batch.rows; i++, at++) {
      if (k![i] !== scores.keys[at]) throw misaligned(at);
      label[at] = Number(y![i]);
    }
  }
  if (at !== rows) throw misaligned(at);
  return { keys: scores.keys, label, p: scores.p };
}

function misaligned(row: number): AssayError {
  return new AssayError('internal', { message: `out-of-fold probabilities do not match the training rows at ${row}` });
}

/** Rows with label `given`, most suspect first: by falling probability of the other label, ties by key. */
export function mostSuspect(given: Pick<Given, 'label' | 'p'>, label: 0 | 1): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < given.label.length; row++) if (given.label[row] === label) rows.push(row);
  const { p } = given;
  const sign = label === 1 ? 1 : -1;
  return Int32Array.from(rows).sort((a, b) => sign * (p[a]! - p[b]!) || a - b);
}
