import { z } from 'zod';
import { reportColumn } from '../../reports/schema.js';
import type { ReportColumn } from '../../reports/model.js';
import { count, pageFields, type Page } from './page.js';

/** `GET /api/runs/:id/columns`: a window of the columns, those that need a look first. */
export interface ColumnsQuery extends Page {
  /** Part of a name or type; upper and lower case are one. */
  readonly text: string;
  /** Only those with findings. */
  readonly look: boolean;
}
export const columnsQuery: z.ZodType<ColumnsQuery> = z.strictObject({
  ...pageFields,
  text: z.string().max(1000).default(''),
  look: z
    .enum(['true', 'false'])
    .default('false')
    .transform((v) => v === 'true'),
});

export interface Columns {
  readonly total: number;
  /** All columns of the run, and those with findings. */
  readonly all: number;
  readonly looks: number;
  readonly offset: number;
  /** True where drift was measured for any column. */
  readonly psi: boolean;
  readonly columns: readonly ReportColumn[];
}

export const columns: z.ZodType<Columns> = z.object({
  total: count,
  all: count,
  looks: count,
  offset: count,
  psi: z.boolean(),
  columns: z.array(reportColumn),
});
