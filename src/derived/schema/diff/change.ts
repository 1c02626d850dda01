import type { Json } from '../../../core/evidence.js';
import type { Plan } from '../../../core/plan.js';

export type ChangeCode =
  | 'renamed'
  | 'perhaps-renamed'
  | 'swapped'
  | 'unit'
  | 'type'
  | 'values-renamed'
  | 'values-merged'
  | 'values-gone'
  | 'values-new'
  | 'range'
  | 'length'
  | 'presence'
  | 'removed'
  | 'added';

/** One difference between two versions of a table. */
export interface Change {
  readonly code: ChangeCode;
  /** Its name in A; of an added column, in B. */
  readonly column: string;
  /** Its name in B, where that is another. */
  readonly to?: string;
  /** True where readers of B can take data of A as it is, in this respect. */
  readonly compatible: boolean;
  /** A score in [0, 1] that ranks readings, not a probability; 1 for what is written down. */
  readonly confidence: number;
  readonly args?: { readonly [name: string]: Json };
  /** Why the migration cannot make it, and what to do; absent where it can. */
  readonly refused?: string;
}

/** `same`; `compatible`: data of A is read under B as it is; `migratable`: through the plan; `breaking`: not at all. */
export interface SchemaDiff {
  readonly verdict: 'same' | 'compatible' | 'migratable' | 'breaking';
  readonly changes: readonly Change[];
  /** Makes data of A data of B; null where a change is refused. */
  readonly plan: Plan | null;
}
