import type { Finding } from '../../../src/core/evidence.js';
import type { Column } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import type { Joined } from '../../../src/dataset/sql/shapes/served-cells.js';
import { logRatios, usualDifference } from '../../../src/dataset/sql/shapes/served-cells.js';
import { isNumeric } from '../../../src/dataset/sql/type-kinds.js';
import { nearestFactor, versionRatios } from '../../../src/stats/known-factors.js';
import { wilson } from '../../../src/stats/proportion.js';
import { findLag } from './lag.js';

/** Share of the differing cells that a reading must explain. */
const explained = 0.9;
/** A ratio is a factor to about a millionth: both sides computed the same number. */
const exact = 1e-4;
/** With fewer differing cells, a pattern is a coincidence. */
const leastCells = 10;

/** What became of the cells of a column that differ: late, in another unit, a default, or just wrong. */
export async function readDifference(
  study: Study,
  joined: Joined,
  column: Column,
  { cells, rows }: { readonly cells: number; readonly rows: number },
  run: Run,
): Promise<Finding> {
  const share = { column: column.name, cells, share: cells / rows, ...limits(cells, rows) };
  const told = (code: string, args: Finding['args'] = {}): Finding => {
    return { code, severity: 'problem', args: { ...share, ...args } };
  };
  if (cells < leastCells) return { ...told('skew.wrong'), severity: 'suspect' };
  const { engine } = run;
  if (isNumeric(column.type)) {
    const [row = {}] = await engine.rows(logRatios(joined, column, engine.dialect), 1, run);
    const factor = factorOf(Number(row['low']), Number(row['high']));
    if (factor !== null && Number(row['n']) >= explained * cells) return told('skew.unit', { factor });
  }
  const usual = await engine.rows(usualDifference(joined, column), 2, run);
  for (const row of usual) {
    if (Number(row['n']) < explained * cells) continue;
    const side = String(row['side']);
    return row['value'] === null
      ? told('skew.empty', { side })
      : told('skew.default', { side, value: String(row['value']) });
  }
  const lag = await findLag(study, joined, column, run);
  return lag === null ? told('skew.wrong') : told('skew.stale', { ...lag });
}

function limits(cells: number, rows: number): { readonly low: number; readonly high: number } {
  const { low, high } = wilson(cells, rows);
  return { low, high };
}

/** The known factor at both ends of the middle nine tenths of the log ratios; null where it is none, or another at each. */
function factorOf(low: number, high: number): number | null {
  if (!Number.isFinite(low) || !Number.isFinite(high) || high - low > exact) return null;
  return nearestFactor((low + high) / 2, exact, 0, versionRatios);
}
