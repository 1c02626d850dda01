import { z } from 'zod';
import { plainId } from './page.js';

/** `GET /api/compare?a=&b=`: what changed from one run to another. */
export interface CompareQuery {
  readonly a: string;
  readonly b: string;
}
export const compareQuery: z.ZodType<CompareQuery> = z.strictObject({ a: plainId, b: plainId });

export interface Limited {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}
const limited = z.object({ value: z.number(), low: z.number(), high: z.number() });

/** An effect in both runs. The change's interval takes the two as independent. */
export interface EffectPair {
  readonly defect: string;
  readonly title: string;
  readonly kind: 'gain' | 'sensitivity' | 'cost';
  readonly before: Limited | null;
  readonly after: Limited | null;
  readonly change: Limited | null;
  readonly reading: 'new' | 'gone' | 'grew' | 'shrank' | 'no clear change';
}

/** How many units a defect flagged in both runs; null where it did not run. */
export interface FlaggedPair {
  readonly defect: string;
  readonly title: string;
  readonly before: number | null;
  readonly after: number | null;
}

export interface RuleChange {
  readonly rule: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface ColumnChange {
  readonly name: string;
  readonly what: readonly string[];
  readonly before: readonly number[];
  readonly after: readonly number[];
}

export interface Comparison {
  readonly sentence: string;
  /** Why the two are not like for like; empty where they are. Shown first. */
  readonly warnings: readonly string[];
  readonly auc: { readonly before: Limited; readonly after: Limited; readonly change: Limited } | null;
  readonly effects: readonly EffectPair[];
  readonly flagged: readonly FlaggedPair[];
  readonly rules: readonly RuleChange[];
  readonly columns: readonly ColumnChange[];
  readonly columnCount: number;
}

const reading = z.enum(['new', 'gone', 'grew', 'shrank', 'no clear change']);
const number = z.number().nullable();
const text = z.string().nullable();
export const comparison: z.ZodType<Comparison> = z.object({
  sentence: z.string(),
  warnings: z.array(z.string()),
  auc: z.object({ before: limited, after: limited, change: limited }).nullable(),
  effects: z.array(
    z.object({
      defect: z.string(),
      title: z.string(),
      kind: z.enum(['gain', 'sensitivity', 'cost']),
      before: limited.nullable(),
      after: limited.nullable(),
      change: limited.nullable(),
      reading,
    }),
  ),
  flagged: z.array(z.object({ defect: z.string(), title: z.string(), before: number, after: number })),
  rules: z.array(z.object({ rule: z.string(), before: text, after: text })),
  columns: z.array(
    z.object({
      name: z.string(),
      what: z.array(z.string()),
      before: z.array(z.number()),
      after: z.array(z.number()),
    }),
  ),
  columnCount: z.number().int(),
});
