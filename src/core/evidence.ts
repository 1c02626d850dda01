import type { Relation } from './relation.js';

/** Plain data that survives JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What a detector found. Sentences are made from codes later, once. */
export interface Evidence {
  readonly measurements: readonly Measurement[];
  /** Worst first. */
  readonly findings: readonly Finding[];
  /** Flagged share of eligible units in [0, 1]; absent for defects of the dataset as a whole. */
  readonly score?: number;
  /** Every flagged row or cell; null where the defect has none to name or found none. */
  readonly flagged: Flagged | null;
  /** Columns whose values may stand in no output; see `src/audit/masking.ts`. */
  readonly personal?: readonly PersonalColumn[];
  /** A table `(k, p, y)`: what a model that never saw a row gave label 1 there, and the label; absent where none was trained. */
  readonly predictions?: Relation['name'];
}

/** A column of personal data: its user name, and the kinds of `src/core/personal-kinds.ts` its values show. */
export interface PersonalColumn {
  readonly column: string;
  readonly kinds: readonly string[];
}

/** A named number the gate can read. `name` is `<defect>.<measure>`, the measure in kebab-case. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: Unit;
  /** Limits of the 95% interval, where there is one. */
  readonly low?: number;
  readonly high?: number;
  /** User name of the column it is about. */
  readonly column?: string;
  /** The slice it is about, in words: `source = 3, 6 Jan to 11 Jan`. */
  readonly slice?: string;
}
export type Unit = 'share' | 'count' | 'auc' | 'psi' | 'z' | 'ratio' | 'seconds';

/** A stable code with arguments. `severity` orders findings: `problem` needs action, `suspect` a look, `note` nothing. */
export interface Finding {
  readonly code: string;
  readonly severity: 'problem' | 'suspect' | 'note';
  readonly args: { readonly [name: string]: Json };
  /** The findings it follows from, where others explain it: it is then a note, and the story is told there. */
  readonly because?: readonly Cause[];
}

/** A finding of another defect that explains one. */
export interface Cause {
  readonly defect: string;
  readonly code: string;
}

/**
 * A table in the engine with one row per flagged unit:
 * `(k BIGINT, code VARCHAR, column_name VARCHAR, score DOUBLE, suggestion VARCHAR, args VARCHAR)`.
 * `score` in [0, 1] ranks rows inside one defect and code only; `args` is JSON for the sentence of the row.
 */
export interface Flagged {
  readonly relation: Relation['name'];
  readonly rows: number;
}

/** What became of one analyzer. Unknown is not a pass. */
export type Outcome =
  | { readonly outcome: 'ok'; readonly evidence: Evidence }
  | { readonly outcome: 'not-applicable'; readonly reason: string }
  | { readonly outcome: 'failed'; readonly reason: string; readonly code: string }
  | { readonly outcome: 'cancelled' };
