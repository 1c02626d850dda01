import type { Agreement } from '../../core/other-model.js';
import type { Effect } from '../../core/effect.js';

type Both = readonly [builtIn: Effect, other: Effect];

/** How two models rank the repairs that both have measured in AUC; null with fewer than two of them. */
export function agreementOf(builtIn: readonly Effect[], other: readonly Effect[]): Agreement | null {
  const both = gains(builtIn).flatMap((first): Both[] => {
    const match = gains(other).find((e) => e.defect === first.defect && e.arm === first.arm);
    return match === undefined ? [] : [[first, match]];
  });
  if (both.length < 2) return null;
  const couples = both.flatMap((a, i) => both.slice(i + 1).map((b) => [a, b] as const));
  const signs = couples.map(([a, b]) => Math.sign(a[0].effect - b[0].effect) * Math.sign(a[1].effect - b[1].effect));
  const same = signs.filter((sign) => sign > 0).length;
  const opposite = signs.filter((sign) => sign < 0).length;
  const reversed = couples.flatMap(([a, b], i) => {
    if (signs[i]! >= 0 || overlap(a[0], b[0]) || overlap(a[1], b[1])) return [];
    const [first, second] = a[0].effect > b[0].effect ? [a, b] : [b, a];
    return [{ first: first[0].title, second: second[0].title }];
  });
  return {
    repairs: both.length,
    tau: (same - opposite) / couples.length,
    same,
    pairs: couples.length,
    reversed,
    opposed: both.flatMap(([a, b]) => (isOpposed(a, b) ? [a.title] : [])),
  };
}

function gains(effects: readonly Effect[]): readonly Effect[] {
  return effects.filter((e) => e.kind === 'gain' && e.metric === 'auc');
}

function overlap(a: Effect, b: Effect): boolean {
  return a.low <= b.high && b.low <= a.high;
}

function isOpposed(a: Effect, b: Effect): boolean {
  return a.verdict !== 'not-resolved' && b.verdict !== 'not-resolved' && a.verdict !== b.verdict;
}
