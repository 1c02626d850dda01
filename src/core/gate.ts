/** What a policy made of a training set. */
export interface Gate {
  /** Name of the policy. */
  readonly policy: string;
  /** `failed`: a rule of level fail is broken, or unknown where unknown fails. `warned`: the same at level warn. */
  readonly verdict: GateVerdict;
  /** Every rule, in the policy's order; what the analyzers themselves came to is a rule too. */
  readonly rules: readonly GateRule[];
}

export type GateVerdict = 'passed' | 'warned' | 'failed';

/** One rule and what it came to. */
export interface GateRule {
  /** Its name: `missing.share@user_age`, `gain:label-noise`. Exemptions refer to it. */
  readonly rule: string;
  readonly level: 'fail' | 'warn';
  /** What the data says: inside the limit, beyond it, or not to be known. */
  readonly state: 'within' | 'breach' | 'unknown';
  /** What that does to the gate. */
  readonly outcome: 'passed' | 'warned' | 'failed' | 'exempt';
  readonly bound: Bound;
  readonly limit: number;
  /** The number the limit was held against; null where there is none. */
  readonly value: number | null;
  /** Its limits: one-sided 95% each for effects, the 95% interval for measurements that have one. */
  readonly low: number | null;
  readonly high: number | null;
  /** In words: value against limit, or why it is unknown. */
  readonly message: string;
}

/**
 * `max` and `min` on a value, `max-change` against a baseline run, `max-z` and `max-change-rate` against the series of
 * runs, `budget` in AUC.
 */
export type Bound = 'max' | 'min' | 'max-change' | 'max-z' | 'max-change-rate' | 'budget';

/** All of them, in the order in which they are told. */
export const bounds: readonly Bound[] = ['max', 'min', 'max-change', 'max-z', 'max-change-rate', 'budget'];

/** Exit code of the command line for each verdict. */
export const gateExit: Readonly<Record<GateVerdict, 0 | 1 | 2>> = { passed: 0, warned: 2, failed: 1 };
