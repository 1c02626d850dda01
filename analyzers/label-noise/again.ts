import type { Again } from '../../src/core/defect.js';
import type { Evidence } from '../../src/core/evidence.js';
import { slicesIn } from './named-slice.js';

/**
 * The found amount once more: in the same slices and days, where there are any; else spread evenly over the rows of the
 * other label.
 */
export function again(evidence: Evidence): readonly Again[] {
  const hot = evidence.findings.filter((finding) => finding.code === 'label-noise.hot-slice');
  if (hot.length > 0) {
    const sum = (name: string): number => hot.reduce((total, finding) => total + Number(finding.args[name]), 0);
    const negatives = sum('rows') - sum('positives');
    const dose = clip((sum('positives') - sum('expected')) / negatives);
    return dose === 0 ? [] : [{ mechanism: 'slice', dose, options: { slices: JSON.stringify(slicesIn(evidence)) } }];
  }
  return evidence.findings
    .filter((finding) => finding.code === 'label-noise.excess')
    .map(({ args }) => ({
      mechanism: args['label'] === 1 ? 'false-positives' : 'lost-positives',
      dose: clip(Number(args['called']) / Number(args['others'])),
    }))
    .filter(({ dose }) => dose > 0);
}

function clip(dose: number): number {
  return Number.isFinite(dose) ? Math.min(1, Math.max(0, dose)) : 0;
}
