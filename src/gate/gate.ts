import type { Gate, GateRule, GateVerdict } from '../core/gate.js';
import type { GateEvidence } from './evidence.js';
import type { RuleFinding } from './finding.js';
import type { OnUnknown, Policy, Rule } from './policy.js';
import { judgeEffects, type EffectRule } from './judge-effect.js';
import { judgeMeasurement, type MeasurementRule } from './judge-measurement.js';
import { ruleName } from './policy.js';
import { messageOf } from './message.js';

/** The verdict of a policy over a run. Reads measured numbers only; trains and looks at nothing itself. */
export function gate(policy: Policy, evidence: GateEvidence): Gate {
  const effects = judgeEffects(policy.rules.filter(isEffectRule), evidence);
  const rules = [
    ...unfinished(policy, evidence),
    ...policy.rules.map((rule) => {
      const found = isEffectRule(rule) ? effects.get(rule)! : judgeMeasurement(rule as MeasurementRule, evidence);
      return ruled(rule, found, policy);
    }),
  ];
  return { policy: policy.name, verdict: verdictOf(rules), rules };
}

function isEffectRule(rule: Rule): rule is EffectRule {
  return rule.on.kind !== 'measurement';
}

function ruled(rule: Rule, found: RuleFinding, policy: Policy): GateRule {
  const name = ruleName(rule);
  const exempt = policy.exemptions.find((exemption) => exemption.rule === name);
  const outcome = outcomeOf(found.state, rule.level, rule.unknown);
  const { note: _, ...numbers } = found;
  return {
    rule: name,
    level: rule.level,
    outcome: exempt !== undefined && outcome !== 'passed' ? 'exempt' : outcome,
    bound: rule.bound,
    limit: rule.limit,
    ...numbers,
    message: messageOf(rule, found, exempt),
  };
}

function outcomeOf(state: RuleFinding['state'], level: Rule['level'], unknown: OnUnknown): GateVerdict {
  if (state === 'within') return 'passed';
  const worst = level === 'fail' ? 'failed' : 'warned';
  if (state === 'breach') return worst;
  return unknown === 'pass' ? 'passed' : unknown === 'warn' ? 'warned' : worst;
}

/** Analyzers that did not finish are rules of their own: what they would have found is not known. */
function unfinished(policy: Policy, { analyzers }: GateEvidence): readonly GateRule[] {
  return analyzers.flatMap(({ id, title, outcome, reason }): GateRule[] => {
    if (outcome !== 'failed' && outcome !== 'cancelled') return [];
    return [
      {
        rule: `analyzer:${id}`,
        level: policy.analyzers,
        state: 'unknown',
        outcome: policy.analyzers === 'fail' ? 'failed' : 'warned',
        bound: 'max',
        limit: 0,
        value: null,
        low: null,
        high: null,
        message: `${title} did not finish: ${reason ?? 'it was cancelled'}`,
      },
    ];
  });
}

function verdictOf(rules: readonly GateRule[]): GateVerdict {
  if (rules.some((rule) => rule.outcome === 'failed')) return 'failed';
  return rules.some((rule) => rule.outcome === 'warned') ? 'warned' : 'passed';
}
