import type { Arm } from '../../ablation/arm.js';
import type { Move } from '../move/moves.js';
import type { Side } from '../sides.js';

/** Something in which B differs from A, and the trainings that say what it does. */
export interface Cause {
  readonly kind: 'column' | 'piece' | 'defect' | 'rows';
  /** For tables: `price, hour = 20`. */
  readonly title: string;
  /** The move of a column behind it; null where it is none. */
  readonly move: Move | null;
  /** Defect and repair, where it is a defect that appeared or grew; else null. */
  readonly defect: { readonly id: string; readonly repair: string } | null;
  /** Cells or rows in which they differ. */
  readonly units: number;
  /** The data with the cause and without it, both scored on the rows of `side`. */
  readonly with: Arm;
  readonly without: Arm;
  readonly side: Side;
}
