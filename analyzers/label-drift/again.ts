import type { Again } from '../../src/core/defect.js';
import type { Evidence } from '../../src/core/evidence.js';

/** As large a fall once more; a rise cannot be injected by leaving rows out. */
export function again(evidence: Evidence): readonly Again[] {
  const moved = evidence.findings.find((finding) => finding.code === 'label-drift.moved');
  const ratio = moved?.args['ratio'];
  return typeof ratio === 'number' && ratio < 1 ? [{ mechanism: 'fewer-positives', dose: 1 - ratio }] : [];
}
