import type { Effect, Unmeasured } from './effect.js';

/** What the gains are for a model other than the built-in one, and where the two disagree. */
export interface OtherModel {
  /** What it is called. */
  readonly name: string;
  /** Training rows of its data as it is. */
  readonly rows: number;
  /** AUC as it is with 95% limits, and that of the built-in model over the same seeds and rows; null where not measured. */
  readonly auc: { readonly own: Limits; readonly builtIn: Limits } | null;
  /** Gains and sensitivities in AUC, each with {@link Effect.model} its name; corrected among themselves. */
  readonly effects: readonly Effect[];
  readonly unmeasured: readonly Unmeasured[];
  /** Why nothing could be measured; null where something was. */
  readonly failed: string | null;
  /** What the budget left out, in words. */
  readonly leftOut: readonly string[];
  /** How the two models rank the gains that both have; null with fewer than two. */
  readonly agreement: Agreement | null;
}

interface Limits {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Pairs of repairs put in order by two models. */
export interface Agreement {
  /** Repairs that both models measured. */
  readonly repairs: number;
  /** Kendall's tau-a (1938): pairs in the same order minus pairs in the other, over all pairs; in [-1, 1]. */
  readonly tau: number;
  /** Pairs in the same order, and all pairs. */
  readonly same: number;
  readonly pairs: number;
  /** Pairs in the other order whose intervals overlap in neither model: the built-in model prefers `first`. */
  readonly reversed: readonly { readonly first: string; readonly second: string }[];
  /** Repairs whose gain is resolved for both models, with another sign. */
  readonly opposed: readonly string[];
}
