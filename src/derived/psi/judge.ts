import type { DesignEffects, Psi } from '../../stats/psi.js';
import type { Histogram } from './histogram.js';
import { benjaminiHochberg } from '../../stats/correction.js';
import { psi } from '../../stats/psi.js';

/** A column with its PSI and what is made of it. */
export interface Judged extends Psi {
  readonly histogram: Histogram;
  /** Benjamini-Hochberg over all columns. */
  readonly pAdjusted: number;
  /** Significant after correction, and large enough to be worth reading. */
  readonly alarm: boolean;
  /** The lower 95% limit of the corrected PSI is above the margin too. */
  readonly strong: boolean;
  /** Rows of the current side that would have to be elsewhere: total variation distance, in [0, 1]. */
  readonly moved: number;
}

/** The PSI of one histogram, rows counted by their design effect. */
export function psiOf({ bins }: Histogram, design?: DesignEffects): Psi {
  const count = (side: 'reference' | 'current'): number[] => bins.map((bin) => bin[side]);
  return psi(count('reference'), count('current'), design);
}

/**
 * The alarm: chi-square significant after Benjamini-Hochberg over all columns and corrected PSI above the margin. A
 * column below the margin cannot alarm and enters the correction with p = 1, which only makes it stricter for others.
 */
export function judge(
  columns: readonly (readonly [Histogram, Psi])[],
  { q, margin }: { readonly q: number; readonly margin: number },
): readonly Judged[] {
  const adjusted = benjaminiHochberg(columns.map(([, { excess, p }]) => (excess > margin ? p : 1)));
  return columns.map(([histogram, value], i) => {
    const pAdjusted = adjusted[i]!;
    const alarm = pAdjusted <= q && value.excess > margin;
    return { ...value, histogram, pAdjusted, alarm, strong: alarm && value.lower > margin, moved: moved(histogram) };
  });
}

/** True where values not seen before, beyond those of the reference itself, are at least half of what moved. */
export function isNew({ histogram: { bins }, moved: share }: Judged): boolean {
  const unseen = bins.find((bin) => bin.kind === 'unseen');
  if (unseen === undefined) return false;
  const total = (side: 'reference' | 'current'): number => bins.reduce((sum, bin) => sum + bin[side], 0);
  const more = unseen.current / total('current') - unseen.reference / total('reference');
  return more > 0 && more >= share / 2;
}

function moved({ bins }: Histogram): number {
  const total = (side: 'reference' | 'current'): number => bins.reduce((sum, bin) => sum + bin[side], 0);
  const [n, m] = [total('reference'), total('current')];
  if (n === 0 || m === 0) return 0;
  return bins.reduce((sum, bin) => sum + Math.abs(bin.reference / n - bin.current / m), 0) / 2;
}
