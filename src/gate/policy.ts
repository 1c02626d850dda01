import type { Bound } from '../core/gate.js';

/** What a training set must satisfy. */
export interface Policy {
  readonly name: string;
  /** What a rule that cannot be decided does; unknown is not a pass unless the policy says so. */
  readonly unknown: OnUnknown;
  /** What an analyzer that did not finish does. */
  readonly analyzers: 'fail' | 'warn';
  /** Run that changes are measured against: an id, a folder, or `latest`; null where no rule needs one. */
  readonly baseline: string | null;
  readonly rules: readonly Rule[];
  readonly exemptions: readonly Exemption[];
}

export type OnUnknown = 'fail' | 'warn' | 'pass';

/** One limit on one number. */
export interface Rule {
  readonly on: Subject;
  readonly bound: Bound;
  readonly limit: number;
  readonly level: 'fail' | 'warn';
  readonly unknown: OnUnknown;
}

export type Subject =
  /** A measurement, of one column or (null) of the worst one. */
  | { readonly kind: 'measurement'; readonly name: string; readonly column: string | null }
  /** Every repair of a defect, or of all (`*`); the AUC that is left to gain. */
  | { readonly kind: 'gain' | 'sensitivity'; readonly defect: string };

/** A rule that is known to be broken and may be, for a time. */
export interface Exemption {
  readonly rule: string;
  /** Last day it holds, as YYYY-MM-DD. */
  readonly until: string;
  readonly reason: string;
}

/** The name of a rule, by which exemptions and results refer to it. */
export function ruleName({ on }: Pick<Rule, 'on'>): string {
  if (on.kind !== 'measurement') return `${on.kind}:${on.defect}`;
  return on.column === null ? on.name : `${on.name}@${on.column}`;
}

/** Rules of the child stand over those of its parent with the same name and bound. */
export function extend(parent: Policy, child: Policy): Policy {
  const own = new Set(child.rules.map((rule) => `${ruleName(rule)} ${rule.bound}`));
  const kept = parent.rules.filter((rule) => !own.has(`${ruleName(rule)} ${rule.bound}`));
  return {
    ...child,
    baseline: child.baseline ?? parent.baseline,
    rules: [...kept, ...child.rules],
    exemptions: [...parent.exemptions, ...child.exemptions],
  };
}
