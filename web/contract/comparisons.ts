import { z } from 'zod';
import type { Chart } from '../../reports/charts/render.js';
import type { DataComparison } from '../../src/core/data-comparison.js';
import { chart } from './charts.js';

/** `GET /api/comparisons/:id`, the id being that of its job: the document of a comparison of two data sets, with its drawing. */
export interface StoredComparison {
  readonly found: DataComparison;
  readonly chart: Chart | null;
}

const level = { value: z.number(), low: z.number(), high: z.number() };
const difference = { ...level, p: z.number(), mde: z.number(), resolved: z.boolean() };
const effect = { ...difference, explains: z.number().nullable() };
const data = z.object({ name: z.string(), rows: z.number(), positives: z.number() });
const sides = z.object({ a: z.number(), b: z.number() });

/** The document that `assay compare` prints as JSON. */
export const dataComparison: z.ZodType<DataComparison> = z.object({
  assay: z.literal('1'),
  document: z.literal('comparison'),
  a: data,
  b: data,
  verdict: z.object({ code: z.enum(['differs', 'not-resolved', 'unmeasured']), sentence: z.string() }),
  schema: z.array(
    z.object({
      column: z.string(),
      change: z.enum(['only-in-a', 'only-in-b', 'type', 'renamed', 'swapped', 'unit']),
      from: z.string().nullable(),
      to: z.string().nullable(),
    }),
  ),
  auc: z
    .object({
      a: z.object(level),
      b: z.object(level),
      difference: z.object(difference),
      training: z.object(difference),
    })
    .nullable(),
  causes: z.array(
    z.object({
      ...effect,
      kind: z.enum(['column', 'piece', 'defect', 'rows']),
      title: z.string(),
      column: z.string().nullable(),
      where: z.string().nullable(),
      defect: z.object({ id: z.string(), repair: z.string() }).nullable(),
      units: z.number(),
      psi: z.number().nullable(),
    }),
  ),
  together: z.object(effect).nullable(),
  unmeasured: z.array(z.object({ title: z.string(), reason: z.string() })),
  how: z.object({
    model: z.string(),
    rounds: z.number(),
    pairs: z.number(),
    trainings: z.number(),
    trainRows: sides,
    evaluationPositives: sides,
    seed: z.number(),
    version: z.string(),
  }),
});

export const storedComparison: z.ZodType<StoredComparison> = z.object({
  found: dataComparison,
  chart: chart.nullable(),
});
