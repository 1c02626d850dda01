import type { Paired } from '../../ablation/effect/paired.js';
import { benjaminiHochberg, holm } from '../../stats/correction.js';
import { limitsOf } from '../../ablation/effect/limits.js';

/**
 * The rule of the chain, in four parts.
 * 1. A repair may enter where its inner gain stands out among all candidates: one-sided, with a false discovery rate of
 *    .10 (Benjamini & Hochberg 1995). Of the steps that enter, at most one in ten is expected to be idle.
 * 2. It is accepted where its gain on top of the steps accepted before is above 0, one-sided at .05.
 * 3. It is accepted at another of its strengths where that gains more than the first one tried, one-sided at .05 over the
 *    number of strengths that may be tried in the whole chain (Bonferroni).
 * 4. The whole recipe stands or falls with one one-sided test at .05 on outer rows and fresh seeds, which no choice
 *    has seen. So data without defects yields a recipe in at most one run of twenty, whatever parts 1 to 3 do.
 */
export const rule = { falseDiscoveries: 0.1, onTop: 0.05, strength: 0.05, harm: 0.05, proof: 0.05 } as const;

/** Which gains stand out, and which are harm (Holm 1979, one-sided), among the inner differences of all candidates. */
export function standOut(differences: readonly Paired[]): readonly ('enters' | 'hurts' | 'not-resolved')[] {
  const above = differences.map((d) => limitsOf(d).pAbove);
  const enters = benjaminiHochberg(above);
  const harm = harmful(differences);
  return differences.map((_, i) => {
    if (enters[i]! <= rule.falseDiscoveries) return 'enters';
    return harm[i] === true ? 'hurts' : 'not-resolved';
  });
}

/** True where a gain on top of the accepted steps is resolved. */
export function staysOnTop(difference: Paired): boolean {
  return difference.estimate > 0 && limitsOf(difference).pAbove <= rule.onTop;
}

/** True where another strength gains more than the first, and `tries` such comparisons may be made. */
export function staysStronger(difference: Paired, tries: number): boolean {
  return difference.estimate > 0 && limitsOf(difference).pAbove <= rule.strength / tries;
}

/** Which of several differences are harm: Holm, one-sided. */
export function harmful(differences: readonly Paired[]): readonly boolean[] {
  return holm(differences.map((d) => 1 - limitsOf(d).pAbove)).map((p) => p <= rule.harm);
}
