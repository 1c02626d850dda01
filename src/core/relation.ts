import type { TypeName } from './plan.js';

/**
 * A table in an engine, lazily evaluated. In SQL it has the columns `k BIGINT` (row key), `part TINYINT` where
 * {@link Relation.split} is true, and one column for each of {@link Relation.columns} under its internal id, so
 * that user names never meet SQL.
 */
export interface Relation {
  /** Name of the view or table in the engine; safe to write into SQL as it is. */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: number;
  /** True when the rows carry the column `part` ({@link Part}). */
  readonly split: boolean;
  /** Content hash of the source: files in order, their bytes, and how they were read. Keyed lists name it. */
  readonly hash: string;
  /** The cell texts behind the values, where the source is a text format. */
  readonly texts?: Texts;
}

/**
 * What it takes to give the cell texts of a CSV or JSONL back: how each column's values are printed, and the cells
 * whose text is not what is printed (`01`, a blank read as null).
 */
export interface Texts {
  /** A view in the engine of those cells: `k`, `id` (of the column), `text`; null where there are none. */
  readonly name: string | null;
  readonly columns: readonly TextColumn[];
}

export interface TextColumn {
  /** Id of the column in the relation. */
  readonly id: string;
  /** The type the text was read as; the relation's own may be wider where a test file asked for it. */
  readonly type: TypeName;
  /** How values are printed; a name of the dataset's own. */
  readonly form: string;
  /** True where the text is JSON itself (a number, a list, an object) and not the inside of a JSON string. */
  readonly json: boolean;
  /** Cells whose text is not what is printed. */
  readonly entries: number;
}

/** A column: `id` (`c0`, `c1` …) is its name in SQL for life, `name` is what the user calls it. */
export interface Column {
  readonly id: string;
  readonly name: string;
  readonly type: TypeName;
  /** Cells that held only blanks in a text file whose column is otherwise of this type; they are null here. */
  readonly blanks?: number;
}

/**
 * A row's key: `fileOrdinal * 2^40 + rowInFile`, both from 0. It is what joins findings, changes, quarantine and
 * predictions back to the row, and stays the same in every view of the relation.
 */
export type RowKey = bigint;

/** Row of its file (from 0) and ordinal of the file (from 0) of a key. */
export function splitKey(key: RowKey): { readonly file: number; readonly row: number } {
  return { file: Number(key >> 40n), row: Number(key & ((1n << 40n) - 1n)) };
}

/** Which rows a row belongs to; the values of the column `part`. */
export const Part = {
  /** Rows that models are trained on, that detectors look at and repairs are fitted on. */
  train: 0,
  /** Training rows kept aside once, on the as-is arm, to choose the number of boosting rounds. */
  tuning: 1,
  /** Evaluation rows on which repairs are chosen. */
  inner: 2,
  /** Evaluation rows that are opened once, for the proof. */
  outer: 3,
  /** Rows in neither: the immature tail, a gap. */
  leftOut: 4,
} as const;
export type Part = (typeof Part)[keyof typeof Part];

/** The column of a relation with the given user name; undefined where there is none. */
export function columnNamed(relation: Relation, name: string): Column | undefined {
  return relation.columns.find((c) => c.name === name);
}
