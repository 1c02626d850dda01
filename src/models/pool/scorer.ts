import type { Run } from '../../core/run.js';
import type { DealtRows } from '../gbdt/dealt-scores.js';
import type { ScorerData } from './task.js';
import { builtFile } from '../../core/built-file.js';
import { createPool } from './pool.js';

/** Scores rows on worker threads. */
export interface Scorer {
  /** What `dealtScores` says of them; their buffers are gone afterwards. */
  score(rows: DealtRows): Promise<Float64Array>;
  close(): Promise<void>;
}

/** A scorer on `run.threads` worker threads. Fails with `worker-failed` when a worker dies. */
export function createScorer(models: ScorerData['models'], columns: ScorerData['columns'], run: Run): Scorer {
  const data: ScorerData = { models, columns: columns.map(({ binCount }) => ({ binCount })) };
  const pool = createPool<DealtRows, Float64Array>(data, run.threads, builtFile('bin/score-worker.js'));
  return {
    score: (rows) => pool.run(rows, [rows.bins.buffer, rows.draw.buffer] as ArrayBuffer[]),
    close: () => pool.close(),
  };
}
