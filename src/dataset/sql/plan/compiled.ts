import type { Dialect, Query } from '../../../core/engine.js';
import type { ListRef, Step, TypeName } from '../../../core/plan.js';
import type { Roles } from '../../../core/study.js';

/**
 * Which rows the steps of a plan may hit. `train-rows`: the row part (drop, repeat, weight, label, cells by key) hits
 * only rows whose `part` is train or tuning (all rows where the relation is not split), the feature map hits all rows.
 * `all`: every step may hit every row. `features`: only the steps of the feature map, on every row.
 */
export type Scope = 'train-rows' | 'all' | 'features';

export interface CompileOptions {
  readonly roles: Roles;
  readonly dialect: Dialect;
  readonly scope: Scope;
}

/** A plan as queries over one relation; nothing has run yet. All of them read the source in one pass of their own. */
export interface Compiled {
  /** Live rows: `k`, `copy`, `part` where the relation has it, and every live column under its id. */
  readonly result: Query;
  /** Live columns in output order, under the names they have after the last step. */
  readonly columns: readonly CompiledColumn[];
  /** Id of the column that holds case weights after the plan; null where there is none. */
  readonly weight: string | null;
  /** One row per touched unit and step: `row_key, copy, step, verb, column, code` and a typed pair per type. */
  readonly changes: Query;
  /** Columns `old_…`/`new_…` of {@link changes}, in order. */
  readonly pairs: readonly Pair[];
  /** Rows that are gone, with the source's own values: `k` and every source column under its id. */
  readonly quarantine: Query;
  /** `k` and the source values of dropped source columns, for original rows that live on; null where none was dropped. */
  readonly quarantineColumns: Query | null;
  /** Source columns that a step dropped, in source order. */
  readonly dropped: readonly string[];
  /** True where a step may add, remove or weight rows. */
  readonly rowsTouched: boolean;
  /** False where a list joins in or repeats pile up, so that rows must be sorted by (k, copy) to be in key order. */
  readonly inOrder: boolean;
  /** What each step does to which column, for the manifest. */
  readonly effects: readonly StepEffect[];
  /** Ids of steps left out because their keyed list belongs to another source. */
  readonly skipped: readonly number[];
}

export interface CompiledColumn {
  readonly id: string;
  readonly name: string;
  readonly type: TypeName;
  /** True where a value may differ from the source's; always true for added columns. */
  readonly touched: boolean;
}

/** The two columns of the changes relation that hold values of one type. */
export interface Pair {
  readonly type: TypeName;
  readonly old: string;
  readonly new: string;
}

/** A step as what it does: `set` and `retype` change cells of `column`; the others rows or the list of columns. */
export interface StepEffect {
  readonly step: number;
  readonly kind: 'gone' | 'repeat' | 'set' | 'retype' | 'add' | 'drop' | 'rename';
  /** Id of the column; null for `gone` and `repeat`. */
  readonly column: string | null;
  /** Name of the column at this step, before a rename; null for `gone` and `repeat`. */
  readonly name: string | null;
  /** Type before and after the step; null for `gone` and `repeat`. */
  readonly from: TypeName | null;
  readonly to: TypeName | null;
}

/**
 * A step as it was recorded: its row and cell verbs replaced by keyed lists. Only a weight step needs a form of its
 * own, because its list brings the weights that were written.
 */
export type RecordedStep =
  | Step
  | {
      readonly id: number;
      readonly defect: string;
      readonly code: string;
      readonly verb: 'weight-row';
      readonly list: ListRef;
    };
