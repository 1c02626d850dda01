import { z } from 'zod';
import type { CapacityAxis, ColumnsWorth, EvaluationLabels, RollingGain, ValueCurve } from '../src/core/worth.js';

const count = z.number().int().nonnegative();
const limited = z.object({ value: z.number(), low: z.number(), high: z.number() });
const cost = z.object({ cost: z.number(), low: z.number(), high: z.number(), upper95: z.number() });

/** Parts of the report document on what rows, columns and the size of the model are worth. */
export const valueCurve: z.ZodType<ValueCurve> = z.object({
  of: z.enum(['rows', 'days', 'negatives']),
  total: count,
  points: z.array(z.object({ kept: count, share: z.number(), work: z.number(), auc: z.number(), ...cost.shape })),
  within: z.object({ budget: z.number(), kept: count, relation: z.enum(['none', 'down-to', 'at-most']) }),
  seeds: count,
});

export const columnsWorth: z.ZodType<ColumnsWorth> = z.object({
  budget: z.number(),
  entries: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.string()),
      bytes: count,
      ...cost.shape,
      verdict: z.enum(['pays', 'can-go', 'not-resolved']),
    }),
  ),
  together: cost.extend({ columns: z.array(z.string()) }).nullable(),
  leftOut: count,
  seeds: count,
});

const modelSize = z.object({ trees: count, leaves: count, auc: limited });

export const capacity: z.ZodType<CapacityAxis> = z.object({
  small: modelSize,
  large: modelSize,
  effects: z.array(
    z.object({
      kind: z.enum(['gain', 'sensitivity']),
      defect: z.string(),
      arm: z.string(),
      title: z.string(),
      small: limited,
      large: limited,
      difference: limited.extend({ p: z.number() }),
    }),
  ),
  seeds: count,
});

export const evaluationLabels: z.ZodType<EvaluationLabels> = z.object({
  noise: z.object({ positives: z.number(), negatives: z.number(), shrink: z.number() }).exactOptional(),
  trusted: z
    .object({
      column: z.string(),
      rows: count,
      positives: count,
      auc: limited.nullable(),
      gains: z.array(limited.extend({ defect: z.string(), arm: z.string(), title: z.string() })),
      reason: z.string().exactOptional(),
    })
    .exactOptional(),
});

const bounds = z.object({ low: z.number(), high: z.number() });

export const rolling: z.ZodType<RollingGain> = z.object({
  title: z.string(),
  defects: z.array(z.string()),
  days: z.array(limited.extend({ day: z.string(), trainRows: count, rows: count, positives: count })),
  gain: z.number(),
  theseDays: bounds,
  futureDays: bounds.nullable(),
  seeds: count,
});
