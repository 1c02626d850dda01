import type { PutColumn } from '../core/engine.js';
import type { Arrangement } from './arrange.js';
import type { Labelled } from './plant.js';
import type { Mark, PlantedDefect } from './planted.js';
import { Kind } from './arrange.js';
import { plantedDefects } from './planted.js';

/** What was planted, in numbers; the content of `truth.json`. */
export interface Truth {
  readonly generated: true;
  readonly seed: number;
  readonly rows: number;
  readonly planted: readonly PlantedUnits[];
}

export interface PlantedUnits extends Omit<PlantedDefect, 'mark'> {
  /** Damaged rows of the file; 1 for a shift of the data set as a whole. */
  readonly units: number;
}

/** Rows of the file that a defect damaged, ascending. Wrong labels and cells of copies count, as the file has them. */
export function damagedRows(mark: Mark, labelled: Labelled, rows: Arrangement): Int32Array {
  if (mark === 'labelDrift') return new Int32Array(0);
  const hits: number[] = [];
  for (let row = 0; row < rows.origin.length; row++) if (isDamaged(mark, labelled, rows, row)) hits.push(row);
  return Int32Array.from(hits);
}

function isDamaged(mark: Mark, labelled: Labelled, rows: Arrangement, row: number): boolean {
  if (mark === 'duplicates') return rows.kind[row] === Kind.duplicate;
  if (mark === 'conflicts') return rows.kind[row] === Kind.conflict;
  return labelled.marks[mark][rows.origin[row]!] === 1;
}

/** The truth as a table, one line a damaged row and defect: `(row, defect, mechanism, column_name)`. */
export function truthColumns(labelled: Labelled, rows: Arrangement): readonly PutColumn[] {
  const row: number[] = [];
  const text = { defect: [] as string[], mechanism: [] as string[], column: [] as (string | null)[] };
  for (const planted of plantedDefects) {
    for (const hit of damagedRows(planted.mark, labelled, rows)) {
      row.push(hit);
      text.defect.push(planted.defect);
      text.mechanism.push(planted.mechanism);
      text.column.push(planted.column ?? null);
    }
  }
  return [
    { name: 'row', type: 'BIGINT', values: BigInt64Array.from(row, BigInt) },
    { name: 'defect', type: 'VARCHAR', values: text.defect },
    { name: 'mechanism', type: 'VARCHAR', values: text.mechanism },
    { name: 'column_name', type: 'VARCHAR', values: text.column },
  ];
}

/** The same in numbers. A log without damage has an empty list. */
export function summarise(seed: number, labelled: Labelled, rows: Arrangement, planted: boolean): Truth {
  const units = (mark: Mark): number => (mark === 'labelDrift' ? 1 : damagedRows(mark, labelled, rows).length);
  return {
    generated: true,
    seed,
    rows: rows.origin.length,
    planted: planted ? plantedDefects.map(({ mark, ...rest }) => ({ ...rest, units: units(mark) })) : [],
  };
}
