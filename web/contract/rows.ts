import { z } from 'zod';
import { flaggedUnit, type FlaggedUnit } from './findings.js';
import { plainId, rowKey } from './page.js';

/** Rows of one answer at most; each has up to {@link maxColumns} cells. */
const maxRows = 200;
export const maxColumns = 100;

/** `GET /api/runs/:id/rows?keys=`: cells of the data behind a run. */
export interface RowsQuery {
  /** Row keys in digits, separated by commas. */
  readonly keys: readonly string[];
  /** First column shown. */
  readonly from: number;
}
export const rowsQuery: z.ZodType<RowsQuery> = z.strictObject({
  keys: z
    .string()
    .max(maxRows * 20)
    .transform((text) => text.split(','))
    .pipe(z.array(rowKey).min(1).max(maxRows)),
  from: z.coerce.number().int().min(0).max(1_000_000).default(0),
});

/** Text of a cell as the data holds it, cut where it is very long; null for a null. */
export type Cell = string | null;

/** Whether the data behind the run can be shown: it may be gone, outside of the folders given, or changed since. */
export type DataState = 'as-run' | 'changed' | 'absent';

export interface Rows {
  readonly state: DataState;
  /** Columns of the data in all, and the names of those shown. */
  readonly columnCount: number;
  readonly columns: readonly string[];
  /** In the order asked for; rows that the data does not have are left out. */
  readonly rows: readonly { readonly rowKey: string; readonly cells: readonly Cell[] }[];
}
export const rows: z.ZodType<Rows> = z.object({
  state: z.enum(['as-run', 'changed', 'absent']),
  columnCount: z.number().int(),
  columns: z.array(z.string()),
  rows: z.array(z.object({ rowKey: z.string(), cells: z.array(z.string().nullable()) })),
});

/** `GET /api/runs/:id/rows/:key`: everything found about one row, and the rows before and after it in its file. */
export interface RowPath {
  readonly id: string;
  readonly key: string;
}
export const rowPath: z.ZodType<RowPath> = z.object({ id: plainId, key: rowKey });

export interface RowDetail {
  readonly found: readonly (FlaggedUnit & { readonly defect: string })[];
  /** The row and up to three on each side, in file order. */
  readonly around: Rows;
}
export const rowDetail: z.ZodType<RowDetail> = z.object({
  found: z.array(z.intersection(flaggedUnit, z.object({ defect: z.string() }))),
  around: rows,
});
