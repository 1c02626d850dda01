import type { Effect, Unmeasured } from '../src/core/effect.js';
import { defectTable, type DefectRow } from './defect-table.js';
import type { Report } from './model.js';

/** A line of the table of defects: one repair and one injection side by side; either may be unmeasured or absent. */
export interface DefectLine {
  readonly row: DefectRow;
  readonly gain: Effect | Unmeasured | null;
  readonly sensitivity: Effect | Unmeasured | null;
}

/** The lines of each defect, in the order of {@link defectTable}; a defect has at least one. */
export function defectLines(report: Report): readonly DefectLine[] {
  return defectTable(report).flatMap((row) => {
    const gains = [...row.gains, ...row.unmeasured.filter((u) => u.kind === 'gain')];
    const sensitivities = [...row.sensitivities, ...row.unmeasured.filter((u) => u.kind === 'sensitivity')];
    const length = Math.max(1, gains.length, sensitivities.length);
    return Array.from({ length }, (_, i) => ({ row, gain: gains[i] ?? null, sensitivity: sensitivities[i] ?? null }));
  });
}

/** Whether it was measured. */
export function isEffect(found: Effect | Unmeasured | null): found is Effect {
  return found !== null && 'effect' in found;
}
