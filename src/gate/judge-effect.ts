import type { Effect } from '../core/effect.js';
import type { GateEvidence } from './evidence.js';
import type { Rule } from './policy.js';
import { holm } from '../stats/correction.js';
import { tCdf, tQuantile } from '../stats/distributions.js';
import { unknown, type RuleFinding } from './finding.js';

/** A rule on the AUC that a defect's repairs gain, or that as much damage again costs. */
export type EffectRule = Rule & { readonly on: { readonly kind: 'gain' | 'sensitivity' } };

/** One effect under one rule: a check. */
interface Check {
  readonly rule: EffectRule;
  readonly effect: Effect;
  /** One-sided p of "the effect is at most the budget", corrected over all checks of the policy. */
  readonly p: number;
}

/**
 * Holds effects against AUC budgets. Proven beyond: the effect exceeds the budget with one-sided p <= .05, corrected
 * over all checks (Holm 1979), since any breach fails. Within: every upper 95% limit lies below the budget; that all of
 * them must needs no correction (Berger 1982, intersection-union). Everything else is unknown.
 */
export function judgeEffects(rules: readonly EffectRule[], evidence: GateEvidence): ReadonlyMap<Rule, RuleFinding> {
  const pairs = rules.flatMap((rule) => effectsOf(rule, evidence).map((effect) => ({ rule, effect })));
  const p = holm(pairs.map(({ rule, effect }) => pBeyond(effect, rule.limit)));
  const checks = pairs.map((pair, i): Check => ({ ...pair, p: p[i]! }));
  return new Map(
    rules.map((rule) => [
      rule,
      judge(
        rule,
        checks.filter((check) => check.rule === rule),
        evidence,
      ),
    ]),
  );
}

function effectsOf({ on }: EffectRule, { effects }: GateEvidence): readonly Effect[] {
  return effects.filter(
    (e) =>
      e.kind === on.kind &&
      e.metric === 'auc' &&
      e.on === 'evaluation' &&
      (on.defect === '*' || e.defect === on.defect),
  );
}

/** One-sided p of "at most `budget`"; the standard error comes from the interval. */
export function pBeyond(effect: Pick<Effect, 'effect' | 'lower95' | 'df'>, budget: number): number {
  const se = (effect.effect - effect.lower95) / tQuantile(0.95, effect.df);
  return tCdf(-(effect.effect - budget) / se, effect.df);
}

function judge(rule: EffectRule, checks: readonly Check[], evidence: GateEvidence): RuleFinding {
  const breach = checks.filter((check) => check.p <= 0.05).sort((a, b) => a.p - b.p)[0];
  if (breach !== undefined) return of(breach, 'breach');
  const why = undecidable(rule, evidence);
  if (why !== null) return unknown(why);
  const widest = checks.toSorted((a, b) => b.effect.upper95 - a.effect.upper95)[0];
  if (widest === undefined) return { state: 'within', value: null, low: null, high: null, note: 'nothing was found' };
  return of(widest, widest.effect.upper95 < rule.limit ? 'within' : 'unknown');
}

function of({ effect }: Check, state: RuleFinding['state']): RuleFinding {
  return { state, value: effect.effect, low: effect.lower95, high: effect.upper95, note: effect.title };
}

/** Why a rule cannot pass, whatever was measured; null where nothing stands in the way. */
function undecidable({ on }: EffectRule, evidence: GateEvidence): string | null {
  if (!evidence.trained) return 'no model was trained';
  const of = evidence.analyzers.filter((a) => on.defect === '*' || a.id === on.defect);
  if (of.length === 0) return `${on.defect} was not run`;
  const unfinished = of.find((a) => a.outcome === 'failed' || a.outcome === 'cancelled');
  if (unfinished !== undefined) return `${unfinished.title} did not finish: ${unfinished.reason ?? 'it was cancelled'}`;
  const unmeasured = evidence.unmeasured.find(
    (u) => u.kind === on.kind && (on.defect === '*' || u.defect === on.defect),
  );
  return unmeasured === undefined ? null : `${unmeasured.title}: ${unmeasured.reason}`;
}
