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
  readonly then: Limited | null;
  readonly now: Limited | null;
  readonly change: Limited | null;
  readonly reading: 'new' | 'gone' | 'grew' | 'shrank' | 'no clear change';
}

/** How many units a defect flagged in both runs; null where it did not run. */
export interface FlaggedPair {
  readonly defect: string;
  readonly title: string;
  readonly then: number | null;
  readonly now: number | null;
}

export interface RuleChange {
  readonly rule: string;
  readonly then: string | null;
  readonly now: string | null;
}

export interface ColumnChange {
  readonly name: string;
  readonly what: readonly string[];
  readonly then: readonly number[];
  readonly now: readonly number[];
}

export interface Comparison {
  readonly sentence: string;
  /** Why the two are not like for like; empty where they are. Shown first. */
  readonly warnings: readonly string[];
  readonly auc: { readonly then: Limited; readonly now: Limited; readonly change: Limited } | null;
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
  auc: z.object({ then: limited, now: limited, change: limited }).nullable(),
  effects: z.array(
    z.object({
      defect: z.string(),
      title: z.string(),
      kind: z.enum(['gain', 'sensitivity', 'cost']),
      then: limited.nullable(),
      now: limited.nullable(),
      change: limited.nullable(),
      reading,
    }),
  ),
  flagged: z.array(z.object({ defect: z.string(), title: z.string(), then: number, now: number })),
  rules: z.array(z.object({ rule: z.string(), then: text, now: text })),
  columns: z.array(
    z.object({
      name: z.string(),
      what: z.array(z.string()),
      then: z.array(z.number()),
      now: z.array(z.number()),
    }),
  ),
  columnCount: z.number().int(),
});
