import type { Counts } from './manifest.js';
import { AssayError } from '../../core/errors.js';

/** The log, the cleaned rows and the quarantine were counted apart; they must tell the same story. */
export function checkCounts(counts: Counts, rows: number): void {
  const entries = Object.values(counts.steps).reduce((sum, n) => sum + n, 0);
  if (counts.cleaned + counts.quarantine - counts.copies === rows && entries === counts.changes) return;
  throw new AssayError('internal', {
    message:
      `a cleaning does not add up: ${counts.cleaned} cleaned + ${counts.quarantine} in quarantine - ` +
      `${counts.copies} copies are not ${rows} rows, or ${entries} entries are not ${counts.changes} changes`,
  });
}
