import type { ListRef, Step, TypeName } from '../../../core/plan.js';

/** Which rows a step hits: a condition, or membership of a keyed list. */
export type Hit = { readonly rule: string } | { readonly list: ListRef };

/** What a plan comes down to. SQL in it reads the stage before, columns by id. */
export type Primitive =
  | { readonly kind: 'gone'; readonly hit: Hit; readonly trainOnly: boolean }
  | { readonly kind: 'repeat'; readonly hit: Hit; readonly trainOnly: boolean; readonly times: number }
  | {
      readonly kind: 'set';
      readonly hit: Hit;
      readonly trainOnly: boolean;
      readonly column: ColumnThen;
      /** The new value; null where each key of the list brings its own. */
      readonly value: string | null;
    }
  | {
      readonly kind: 'retype';
      readonly column: ColumnThen;
      readonly to: TypeName;
      readonly forward: string;
      readonly inverse: Inverse | null;
    }
  | { readonly kind: 'add'; readonly column: ColumnThen; readonly value: string }
  | { readonly kind: 'drop'; readonly column: ColumnThen }
  | { readonly kind: 'rename'; readonly column: ColumnThen };

/** A column as it is at a step, before it. */
export interface ColumnThen {
  readonly id: string;
  readonly name: string;
  readonly type: TypeName;
}

/** SQL that takes a retyped value back, given the SQL of the value. */
export type Inverse = (value: string) => string;

/** A primitive with the step it came from. */
export interface Lowered {
  readonly step: Pick<Step, 'id' | 'defect' | 'code' | 'verb' | 'irreversible'>;
  readonly does: Primitive;
}
