import { z } from 'zod';
import { count, pageFields, plainId, type Page } from './page.js';

/** `GET /api/runs/:id/findings/:defect`: how its flagged units are spread. */
export interface FindingPath {
  readonly id: string;
  readonly defect: string;
}
export const findingPath: z.ZodType<FindingPath> = z.object({ id: plainId, defect: plainId });

/** Units that share a code and a column. */
export interface Slice {
  readonly code: string;
  readonly column: string | null;
  readonly units: number;
}

export interface FindingSummary {
  readonly flagged: number;
  /** Largest first, at most 50. */
  readonly slices: readonly Slice[];
  /** Units by score: 20 equal bins of [0, 1]. */
  readonly scores: readonly number[];
}
export const findingSummary: z.ZodType<FindingSummary> = z.object({
  flagged: count,
  slices: z.array(z.object({ code: z.string(), column: z.string().nullable(), units: count })),
  scores: z.array(count).length(20),
});

/** `GET /api/runs/:id/findings/:defect/rows`: a window of its flagged units, filtered and sorted in the engine. */
export interface FindingRowsQuery extends Page {
  readonly sort: 'score' | 'row';
  readonly order: 'asc' | 'desc';
  readonly code?: string;
  readonly column?: string;
}
export const findingRowsQuery: z.ZodType<FindingRowsQuery> = z.strictObject({
  ...pageFields,
  sort: z.enum(['score', 'row']).default('score'),
  order: z.enum(['asc', 'desc']).default('desc'),
  code: z.string().max(200).exactOptional(),
  column: z.string().max(10_000).exactOptional(),
});

/** One flagged unit with its reason. */
export interface FlaggedUnit {
  readonly rowKey: string;
  readonly file: string;
  /** Row of its file, from 0. */
  readonly row: number;
  readonly code: string;
  readonly column: string | null;
  readonly score: number;
  readonly suggestion: string | null;
  readonly message: string;
}
export const flaggedUnit: z.ZodType<FlaggedUnit> = z.object({
  rowKey: z.string(),
  file: z.string(),
  row: count,
  code: z.string(),
  column: z.string().nullable(),
  score: z.number(),
  suggestion: z.string().nullable(),
  message: z.string(),
});

export interface FindingRows {
  /** Units that the filter leaves. */
  readonly total: number;
  readonly offset: number;
  readonly units: readonly FlaggedUnit[];
}
export const findingRows: z.ZodType<FindingRows> = z.object({
  total: count,
  offset: count,
  units: z.array(flaggedUnit),
});
