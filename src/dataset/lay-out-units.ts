import type { Query } from '../core/engine.js';
import type { Run } from '../core/run.js';
import { tableName } from './sql/table-name.js';

/**
 * Stores the eligible units of an injection, `(k, copy, draw[, value])`, as a table named after the run's random path:
 * the same seed gives the same table, another seed or mechanism another one.
 */
export async function layOutUnits(
  units: Query,
  run: Run,
): Promise<{ readonly units: string; readonly eligible: number }> {
  const name = tableName('units', run.random.path);
  const { rows } = await run.engine.write(units, { kind: 'table', name }, run);
  return { units: name, eligible: rows };
}

/** The run with its randomness forked for one mechanism of one defect. */
export function drawingFor(run: Run, defect: string, mechanism: string): Run {
  return { ...run, random: run.random.fork(defect).fork(mechanism) };
}
