import type { DealtRows } from '../gbdt/dealt-scores.js';
import type { Answer, ScorerData } from './task.js';
import { Tinypool } from 'tinypool';
import { toPlainError } from '../../core/errors.js';
import { dealtScores } from '../gbdt/dealt-scores.js';

/** Runs in a worker thread: what the models that the worker was born with say of some rows. */
export default function work(rows: DealtRows): Answer<Float64Array> {
  const { models, columns } = Tinypool.workerData as ScorerData;
  try {
    return { result: dealtScores(models, columns, rows) };
  } catch (thrown) {
    return { error: toPlainError(thrown) };
  }
}
