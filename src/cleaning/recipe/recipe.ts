import type { Step, Verb } from '../../core/plan.js';

/**
 * A recipe: the repairs that were accepted, as a file that people read, edit and replay. It holds literals only:
 * nothing in it is fitted again when it is applied.
 */
export interface Recipe {
  readonly version: 1;
  /** Hash of everything else in it, as Assay wrote it; another content means that it was edited since. */
  readonly hash?: string;
  readonly made: {
    /** Version of Assay that wrote it. */
    readonly assay: string;
    /** Content hash of the data it was made on; keyed lists and exceptions name rows of that data only. */
    readonly source: string;
    /** Rows of that data, so that shares can be compared. */
    readonly rows: number;
  };
  /** Columns that hold the label and the case weights; data without them can be served. */
  readonly label: string | null;
  readonly weight: string | null;
  readonly steps: readonly RecipeStep[];
  /** Rows that no row step may touch. */
  readonly exceptions: readonly Exception[];
  /** Repairs that were tried and not accepted, with the reason; for readers only. */
  readonly rejected: readonly Rejected[];
}

/** One accepted repair. */
export interface RecipeStep {
  readonly defect: string;
  readonly repair: string;
  readonly title: string;
  /** Strength chosen from a small grid on inner rows, for readers; null where the repair has one form only. */
  readonly strength: number | string | null;
  readonly acceptedBy: 'chain' | 'person';
  /** Null where a person accepted it unmeasured. */
  readonly evidence: Evidence | null;
  readonly plan: readonly PlanVerb[];
}

export interface Evidence {
  /** AUC gained on inner rows on top of the steps before, with its 95% interval. */
  readonly gain: { readonly value: number; readonly low: number; readonly high: number } | null;
  /** Rows or cells touched in the training rows. */
  readonly units: number;
  readonly seeds: number;
}

/** A verb with its id; ids ascend over the whole recipe and are kept by an undo. */
export type PlanVerb = {
  readonly id: number;
  readonly code: string;
  /** Why it cannot be taken back, where that is so. */
  readonly irreversible?: string;
} & Verb;

/** A row by `file:row`, both from 0, of the data the recipe was made on, or of another with the content hash `of`. */
export interface Exception {
  readonly row: string;
  readonly of?: string;
  readonly reason?: string;
}

export interface Rejected {
  readonly defect: string;
  readonly repair: string;
  readonly decision: string;
  readonly reason: string;
}

/** The steps of a recipe as steps of a plan, in order. */
export function stepsOf(recipe: Recipe): readonly Step[] {
  return recipe.steps.flatMap((step) => step.plan.map((verb): Step => ({ ...verb, defect: step.defect })));
}

/** A step of a plan as a verb of a recipe's step, which names the defect itself. */
export function withoutDefect(step: Step): PlanVerb {
  const { defect: _, ...verb } = step;
  return verb;
}
