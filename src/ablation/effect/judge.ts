import type { Effect, EffectVerdict, Unmeasured } from '../../core/effect.js';
import type { Paired } from './paired.js';
import { holm } from '../../stats/correction.js';
import { limitsOf } from './limits.js';
import { tooFewUnits } from './floor.js';
import { withinBudget } from './within-budget.js';

/** A measured arm before it is judged. The difference is signed as its kind says: gain > 0 helps, the others hurt. */
export interface Measured extends Pick<
  Effect,
  'kind' | 'defect' | 'arm' | 'title' | 'metric' | 'counted' | 'estimand' | 'units' | 'rows' | 'on' | 'model'
> {
  readonly difference: Paired;
}

export interface Judged {
  readonly effects: readonly Effect[];
  readonly unmeasured: readonly Unmeasured[];
}

/** Budget in AUC where none is asked for. */
export const defaultBudget = 0.002;

/**
 * Effects with limits and verdicts. p-values are adjusted (Holm 1979) over the arms of one kind and metric; AUC is
 * the primary family, the others are read beside it. Differences too thin for an interval come back unmeasured,
 * with the reason, and take no part in the correction. Costs in AUC are also held against `budget`.
 */
export function judge(measured: readonly Measured[], budget: number = defaultBudget): Judged {
  const thin = measured.map((m) => tooFewUnits(m.difference));
  const effects = new Map<Measured, Effect>();
  for (const family of families(measured.filter((_, i) => thin[i] === null))) {
    const adjusted = holm(family.map((m) => limitsOf(m.difference).p));
    family.forEach((m, i) => effects.set(m, effectOf(m, adjusted[i]!, budget)));
  }
  return {
    effects: measured.flatMap((m) => effects.get(m) ?? []),
    unmeasured: measured.flatMap((m, i) => (thin[i] === null || m.metric !== 'auc' ? [] : [unmeasuredOf(m, thin[i]!)])),
  };
}

function families(measured: readonly Measured[]): readonly (readonly Measured[])[] {
  const groups = new Map<string, Measured[]>();
  for (const m of measured) {
    const name = `${m.kind} ${m.metric}`;
    groups.set(name, [...(groups.get(name) ?? []), m]);
  }
  return [...groups.values()];
}

function effectOf(measured: Measured, pAdjusted: number, budget: number): Effect {
  const { difference, ...about } = measured;
  const { pAbove: _, ...limits } = limitsOf(difference);
  const isCost = about.kind !== 'gain' && about.metric === 'auc';
  return {
    ...about,
    ...(about.metric === 'logloss' || about.metric === 'ne' ? { code: 'calibration-cost' as const } : {}),
    ...limits,
    df: difference.df,
    effect: difference.estimate,
    pAdjusted,
    verdict: verdictOf(measured.kind, difference.estimate, pAdjusted),
    ...(isCost ? { budget: { auc: budget, answer: withinBudget(limits, budget) } } : {}),
    seeds: difference.seeds,
  };
}

/** Resolved where the adjusted p is at most .05; the sign then says which way. */
export function verdictOf(kind: Effect['kind'], effect: number, pAdjusted: number): EffectVerdict {
  if (!(pAdjusted <= 0.05)) return 'not-resolved';
  return effect > 0 === (kind === 'gain') ? 'helps' : 'costs';
}

function unmeasuredOf(measured: Measured, reason: string): Unmeasured {
  const { kind, defect, arm, title } = measured;
  return { kind, defect, arm, title, reason };
}
