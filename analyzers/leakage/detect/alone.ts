import type { Finding } from '../../../src/core/evidence.js';
import type { Column } from '../../../src/core/relation.js';
import type { LeakageOptions } from '../options.js';

/** Columns that rank the label alone too well to be true, or well enough to ask. */
export function alone(
  features: readonly Column[],
  aucs: ReadonlyMap<string, number>,
  { auc, suspectAuc }: LeakageOptions,
): readonly Finding[] {
  return features.flatMap(({ name }): Finding[] => {
    const value = aucs.get(name) ?? 0.5;
    if (value > auc) return [{ code: 'leakage.tells-label', severity: 'problem', args: { column: name, value } }];
    return value > suspectAuc ? [{ code: 'leakage.strong', severity: 'suspect', args: { column: name, value } }] : [];
  });
}
