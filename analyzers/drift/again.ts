import type { Again } from '../../src/core/defect.js';
import type { Evidence } from '../../src/core/evidence.js';

/**
 * As much once more: for a unit change as many late rows of other values of its slice, for new values their share, for
 * a column that moved the share of rows that would have to be elsewhere. The strongest of each kind, at most.
 */
export function again(evidence: Evidence): readonly Again[] {
  const first = (code: string): Readonly<Record<string, unknown>> | undefined =>
    evidence.findings.find((finding) => finding.code === code)?.args;
  const unit = first('drift.unit-change');
  const values = first('drift.new-values');
  const moved = first('drift.moved');
  return [
    ...(unit === undefined
      ? []
      : [
          {
            mechanism: 'unit-change',
            dose: share(unit['lateShare']),
            options: {
              column: String(unit['column']),
              factor: Number(unit['factor']),
              ...(typeof unit['slice'] === 'string' ? { slice: unit['slice'] } : {}),
            },
          },
        ]),
    ...(values === undefined
      ? []
      : [{ mechanism: 'new-level', dose: share(values['share']), options: { column: String(values['column']) } }]),
    ...(moved === undefined || moved['numeric'] !== true
      ? []
      : [{ mechanism: 'shift', dose: share(moved['moved']), options: { column: String(moved['column']) } }]),
  ].filter(({ dose }) => dose > 0);
}

function share(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0;
}
