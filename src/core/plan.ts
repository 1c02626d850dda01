/**
 * How data is altered, as data: a plan is a list of steps over a closed set of verbs, with literals only. Every
 * fitted constant is already a number in it. `dataset/sql` compiles a plan to changes; nothing else alters data.
 */

export interface Plan {
  readonly version: 1;
  readonly steps: readonly Step[];
}

/** A verb with its place and reason. `id` ascends from 1, is never reused, and is kept after an undo. */
export type Step = {
  readonly id: number;
  readonly defect: string;
  readonly code: string;
  /**
   * Why it cannot be taken back (masking personal data), where that is so: cells set by a rule only. It sets the cells
   * of rows that are gone too, and neither the log nor the quarantine keeps an old value of it, those of earlier steps
   * on the column included; an undo leaves the cells as they are and says so.
   */
  readonly irreversible?: string;
} & Verb;

export type Verb =
  | { readonly verb: 'drop-row'; readonly where: Where }
  /** 2..4096: adds `times - 1` copies of the row as it is at this step. */
  | { readonly verb: 'repeat-row'; readonly where: Where; readonly times: number }
  /** weight := weight * factor, factor finite and >= 0. */
  | { readonly verb: 'weight-row'; readonly where: Where; readonly factor: number }
  | { readonly verb: 'set-cell'; readonly column: string; readonly where: Where; readonly to: Expr }
  /** Each key of the list brings its own value, of the column's type. */
  | { readonly verb: 'set-cell'; readonly column: string; readonly list: ListRef }
  | { readonly verb: 'set-label'; readonly where: Where; readonly to: Expr }
  | { readonly verb: 'set-label'; readonly list: ListRef }
  | { readonly verb: 'drop-column'; readonly column: string }
  | { readonly verb: 'add-column'; readonly column: string; readonly type: TypeName; readonly as: Expr }
  | { readonly verb: 'rename-column'; readonly column: string; readonly to: string }
  /** A value that does not fit becomes null, counted. */
  | { readonly verb: 'cast-column'; readonly column: string; readonly to: TypeName }
  /** Reads its own column only. */
  | { readonly verb: 'map-column'; readonly column: string; readonly as: Expr; readonly inverse?: Expr }
  | {
      readonly verb: 'map-column';
      readonly column: string;
      readonly lookup: readonly (readonly [Literal, Literal])[];
      readonly other: 'keep' | 'null' | Literal;
    };

export type Where = { readonly rule: Expr } | { readonly keys: ListRef } | { readonly all: true };

/**
 * A keyed list: an engine relation `(k BIGINT, copy INTEGER[, value])`, unique on (k, copy).
 * `of` is the content hash of the source its keys belong to; elsewhere the list does not apply.
 */
export interface ListRef {
  readonly list: string;
  readonly of: string;
  /** Type of `value` where it is known; a step of another type then refuses the list. */
  readonly type?: TypeName;
  /** Column of the list that holds the values, where it is not `value`, so that steps share a list. Damage only: no recipe has it. */
  readonly field?: string;
}

/** Name of a column type in DuckDB's spelling: `BIGINT`, `DOUBLE`, `VARCHAR`, `DECIMAL(9,2)`, `INTEGER[]` … */
export type TypeName = string;

/** A typed constant. `text` is parsed by the type, null is SQL null; `bits` (16 or 8 hex digits) keep a float whole. */
export type Literal =
  | { readonly type: TypeName; readonly text: string | null }
  | { readonly type: 'DOUBLE' | 'FLOAT'; readonly bits: string };

/**
 * A strictly typed expression over the columns of one row; columns are named as the user names them. Both sides of
 * `cmp`, `in` and `when` have the same type; arithmetic is on DOUBLE. A rule hits where it is true: comparisons with
 * null are unknown and with NaN false.
 */
export type Expr =
  | { readonly col: string }
  | { readonly lit: Literal }
  | { readonly op: '+' | '-' | '*' | '/'; readonly args: readonly [Expr, Expr] }
  | { readonly cmp: '=' | '<' | '<=' | '>' | '>='; readonly args: readonly [Expr, Expr] }
  | { readonly in: Expr; readonly list: readonly Literal[] }
  /** A keyed hash of a text; the key is that of the process and no part of the plan. */
  | { readonly keyedHash: Expr }
  | { readonly isNull: Expr }
  | { readonly isNaN: Expr }
  | { readonly and: readonly Expr[] }
  | { readonly or: readonly Expr[] }
  | { readonly not: Expr }
  | { readonly when: Expr; readonly then: Expr; readonly else: Expr };

/**
 * True for steps that serving repeats on every scored row: column verbs, and cells set by a rule. The rest (rows
 * dropped, repeated, weighted, relabelled, cells set by key) touches training rows only.
 */
export function isFeatureStep(step: Step): boolean {
  switch (step.verb) {
    case 'drop-column':
    case 'add-column':
    case 'rename-column':
    case 'cast-column':
    case 'map-column':
      return true;
    case 'set-cell':
      return 'where' in step && !('keys' in step.where);
    default:
      return false;
  }
}

/** A plan of `verbs` in the given order, numbered from 1. */
export function planOf(defect: string, code: string, ...verbs: readonly Verb[]): Plan {
  return { version: 1, steps: verbs.map((verb, i) => ({ id: i + 1, defect, code, ...verb })) };
}

/** One plan after the other, renumbered from 1. */
export function chainPlans(...plans: readonly Plan[]): Plan {
  return { version: 1, steps: plans.flatMap((p) => p.steps).map((step, i) => ({ ...step, id: i + 1 })) };
}

/** Shorthands for writing rules by hand. */
export const expr = {
  col: (name: string): Expr => ({ col: name }),
  text: (value: string): Expr => ({ lit: { type: 'VARCHAR', text: value } }),
  double: (value: number): Expr => ({ lit: doubleLiteral(value) }),
  literal: (type: TypeName, text: string | null): Expr => ({ lit: { type, text } }),
  and: (...terms: readonly Expr[]): Expr => ({ and: terms }),
  cmp: (cmp: '=' | '<' | '<=' | '>' | '>=', left: Expr, right: Expr): Expr => ({ cmp, args: [left, right] }),
} as const;

/** A DOUBLE constant that keeps every bit: sign of zero, NaN, infinities. */
export function doubleLiteral(value: number): Literal {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return { type: 'DOUBLE', bits: view.getBigUint64(0).toString(16).padStart(16, '0') };
}
