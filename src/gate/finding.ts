/** What one rule found, before the policy says what it does to the gate. */
export interface RuleFinding {
  readonly state: 'within' | 'breach' | 'unknown';
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The column, slice or repair that decided; or why nothing could. */
  readonly note: string;
}

/** A rule that cannot be decided, and why. */
export function unknown(note: string): RuleFinding {
  return { state: 'unknown', value: null, low: null, high: null, note };
}
