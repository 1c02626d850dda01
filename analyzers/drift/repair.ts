import type { Repair } from '../../src/core/defect.js';
import type { Evidence } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { DriftOptions } from './options.js';
import { dropColumns } from './repair/drop-column.js';
import { mergeNewValues } from './repair/merge-new-values.js';
import { undoUnitChanges } from './repair/undo-unit-change.js';

/**
 * A change of unit is undone where it began; new values of a column of few are merged into its usual one; and the
 * columns that moved most can be done without. All are feature maps: serving repeats them on every scored row.
 */
export async function repair(
  study: Study,
  evidence: Evidence,
  _run: Run,
  _options: DriftOptions,
): Promise<readonly Repair[]> {
  return [...undoUnitChanges(study, evidence), ...mergeNewValues(study, evidence), ...dropColumns(study, evidence)];
}
