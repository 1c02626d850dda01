import { z } from 'zod';

/** A window of a long list. */
export interface Page {
  readonly offset: number;
  readonly limit: number;
}

/** Rows or columns of one answer at most. */
export const maxPage = 200;

/** Fields of a query string that ask for a window; numbers arrive as text. */
export const pageFields: { readonly offset: z.ZodType<number>; readonly limit: z.ZodType<number> } = {
  offset: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
  limit: z.coerce.number().int().min(1).max(maxPage).default(100),
};

/** A number from 0 up without a fraction. */
export const count: z.ZodType<number> = z.number().int().nonnegative();

/** Letters, digits, dot, dash and underscore, not starting with a dot: nothing that could leave its folder. */
export const plainId: z.ZodType<string, string> = z.string().regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$/);

/** Key of a row (file ordinal times 2^40 plus row) in digits; it may exceed what a JavaScript number holds. */
export const rowKey: z.ZodType<string, string> = z.string().regex(/^\d{1,19}$/);
