import type { TypeName } from '../../core/plan.js';
import type { RoleName } from '../../core/study.js';

/**
 * What a data set is expected to be, column by column: a file that people read, edit and keep beside the code. Everything
 * but `seen` is a rule that data is checked against; `seen` describes the data the schema was made from, so that another
 * version can be compared with it when the data is gone.
 */
export interface Schema {
  readonly version: 1;
  readonly made: {
    /** Version of Assay that wrote it. */
    readonly assay: string;
    /** Rows it was inferred from. */
    readonly rows: number;
  };
  /** Names of the places data is seen in, the training set first. */
  readonly environments: readonly string[];
  /** In file order. */
  readonly columns: readonly SchemaColumn[];
}

export type ColumnRole = RoleName | 'feature' | 'excluded';

export interface SchemaColumn {
  readonly name: string;
  readonly type: TypeName;
  readonly role: ColumnRole;
  /** What one of it is: `s`, `ms`, `cent`; free text. */
  readonly unit?: string | undefined;
  /** Environments it is there in; all where absent. */
  readonly environments?: readonly string[] | undefined;
  /** Least share of rows that hold a value, in [0, 1]. */
  readonly presence: number;
  /** Least and greatest number, inclusive; null is no limit. */
  readonly range?: readonly [low: number | null, high: number | null] | undefined;
  /** Every value there is, as text. */
  readonly values?: readonly string[] | undefined;
  /** Least and greatest length of a list. */
  readonly length?: readonly [least: number, most: number] | undefined;
  /** A value that stands in nearly all rows, as text. */
  readonly sparse?: string | undefined;
  /** What older data without the column is filled with, as text. */
  readonly fill?: string | undefined;
  readonly seen: Portrait;
}

/** A column in numbers: enough to know it again under another name, in another unit, or in another spelling. */
export interface Portrait {
  /** Share of rows without a value. */
  readonly nulls: number;
  /** Different values among the rows looked at. */
  readonly distinct: number;
  /** Of numbers, moments (seconds since 1970) and lengths of lists: {@link quantileCount} quantiles, even steps from 0 to 1. */
  readonly quantiles?: readonly number[] | undefined;
  /** The most frequent values with their share of the rows that hold one, where they say something. */
  readonly levels?: readonly Level[] | undefined;
  /** Of text: its most frequent shapes (`Aa9-9`), with their share. */
  readonly shapes?: readonly Level[] | undefined;
}

export type Level = readonly [value: string, share: number];

export const quantileCount = 21;

/** Rows looked at for portraits; a schema of fewer rows was made from all of them. */
export const portraitRows = 50_000;
