import { z } from 'zod';
import { count, pageFields, plainId, rowKey, type Page } from './page.js';

const limited = z.object({ value: z.number(), low: z.number(), high: z.number() });
const exception = z.strictObject({
  /** `file:row`, both from 0. */
  row: z.string().regex(/^\d{1,7}:\d{1,13}$/),
  reason: z.string().max(500).exactOptional(),
});

/** A step as the review shows it. */
export interface ReviewStep {
  readonly defect: string;
  readonly repair: string;
  readonly title: string;
  readonly acceptedBy: 'chain' | 'person';
  readonly gain: { readonly value: number; readonly low: number; readonly high: number } | null;
  readonly units: number | null;
  readonly seeds: number | null;
  /** Factor by which it weights rows; null where it does anything else. */
  readonly strength: number | null;
  readonly verbs: readonly string[];
}

/** `GET /api/runs/:id/recipe`: the recipe of a run, as its file and as steps; null where it wrote none. */
export interface RecipeReview {
  readonly text: string | null;
  readonly steps: readonly ReviewStep[];
  readonly exceptions: readonly { readonly row: string; readonly reason?: string }[];
  readonly rejected: readonly {
    readonly defect: string;
    readonly repair: string;
    readonly decision: string;
    readonly reason: string;
  }[];
  /** False where the log of changes does not lie with the run. */
  readonly changes: boolean;
}
export const recipeReview: z.ZodType<RecipeReview> = z.object({
  text: z.string().nullable(),
  steps: z.array(
    z.object({
      defect: z.string(),
      repair: z.string(),
      title: z.string(),
      acceptedBy: z.enum(['chain', 'person']),
      gain: limited.nullable(),
      units: count.nullable(),
      seeds: count.nullable(),
      strength: z.number().nullable(),
      verbs: z.array(z.string()),
    }),
  ),
  exceptions: z.array(z.object({ row: z.string(), reason: z.string().exactOptional() })),
  rejected: z.array(z.object({ defect: z.string(), repair: z.string(), decision: z.string(), reason: z.string() })),
  changes: z.boolean(),
});

/** `GET /api/runs/:id/recipe/:step/changes`: cells and rows before and after one step, as the run made them. */
export interface ChangesPath {
  readonly id: string;
  /** Place of the step, from 0. */
  readonly step: number;
}
export const changesPath: z.ZodType<ChangesPath> = z.object({
  id: plainId,
  step: z.coerce.number().int().min(0).max(10_000),
});

export interface ChangesQuery extends Page {
  readonly sort: 'most' | 'random' | 'row';
}
export const changesQuery: z.ZodType<ChangesQuery> = z.strictObject({
  ...pageFields,
  sort: z.enum(['most', 'random', 'row']).default('most'),
});

export interface Changes {
  readonly total: number;
  readonly offset: number;
  readonly changes: readonly {
    readonly rowKey: string;
    /** `file:row`, as an exception names it. */
    readonly row: string;
    readonly verb: string;
    readonly column: string | null;
    readonly before: string | null;
    readonly after: string | null;
  }[];
}
export const changes: z.ZodType<Changes> = z.object({
  total: count,
  offset: count,
  changes: z.array(
    z.object({
      rowKey,
      row: z.string(),
      verb: z.string(),
      column: z.string().nullable(),
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
});

/** `POST /api/runs/:id/recipe`: keeps an edited recipe beside the runs; the run itself is never altered. */
export interface RecipeEdited {
  readonly order: readonly number[];
  readonly strength: readonly { readonly step: number; readonly factor: number }[];
  readonly exceptions: readonly { readonly row: string; readonly reason?: string }[];
}
export const recipeEdited: z.ZodType<RecipeEdited> = z.strictObject({
  order: z
    .array(count)
    .max(10_000)
    .refine((order) => new Set(order).size === order.length, 'a step stands twice'),
  strength: z.array(z.strictObject({ step: count, factor: z.number().min(0).max(1000) })).max(10_000),
  exceptions: z.array(exception).max(1000),
});

/** Where it was kept (below the folder of runs), its text, and the command that replays it. */
export interface RecipeKept {
  readonly file: string;
  readonly text: string;
  readonly command: string;
}
export const recipeKept: z.ZodType<RecipeKept> = z.object({
  file: z.string(),
  text: z.string(),
  command: z.string(),
});
