import { doubleSql } from '../double-sql.js';
import { rowDraw } from '../row-draw.js';

/** A condition that keeps about `wanted` of `rows` rows, the same ones whatever the order, threads or engine. `key` is the row's. */
export function sampleWhere(rows: number, wanted: number, seed: string, key = 'k'): string {
  return rows <= wanted ? 'true' : `${rowDraw(key, seed)} < ${doubleSql(wanted / rows)}`;
}
