import { z } from 'zod';
import type { Recipe } from './recipe.js';
import { exprKeys } from './expressions.js';
import { verbKeys, verbSchema } from './verbs.js';

const count = z.int().nonnegative();

const made = z.strictObject({ assay: z.string(), source: z.string(), rows: count });

const evidence = z.strictObject({
  gain: z.strictObject({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
  units: count,
  seeds: count,
});

const step = z.strictObject({
  defect: z.string(),
  repair: z.string(),
  title: z.string(),
  strength: z.union([z.number(), z.string()], 'give a number or a text').nullable().default(null),
  acceptedBy: z.enum(['chain', 'person'], 'give chain or person'),
  evidence: evidence.nullable().default(null),
  plan: z.array(verbSchema).min(1),
});

const exception = z.strictObject({
  row: z.string().regex(/^\d+:\d+$/, 'give file:row, both from 0'),
  of: z.string().exactOptional(),
  reason: z.string().exactOptional(),
});

const rejected = z.strictObject({
  defect: z.string(),
  repair: z.string(),
  decision: z.string(),
  reason: z.string(),
});

const recipe = z.strictObject({
  version: z.literal(1, { error: ({ input }) => `version ${JSON.stringify(input)} is not known; this is version 1` }),
  hash: z.string().exactOptional(),
  made,
  label: z.string().nullable().default(null),
  weight: z.string().nullable().default(null),
  steps: z.array(step),
  exceptions: z.array(exception).default([]),
  rejected: z.array(rejected).default([]),
});

/** What a recipe file holds. */
export const recipeSchema: z.ZodType<Recipe> = recipe;

/** Every key a recipe may use, for suggestions. */
export const recipeKeys: readonly string[] = [
  ...[recipe, made, evidence, step, exception, rejected].flatMap((part) => Object.keys(part.shape)),
  ...verbKeys,
  ...exprKeys,
];

/** The JSON Schema (2020-12) that is published with the package. */
export function recipeJsonSchema(): object {
  return {
    ...z.toJSONSchema(recipe, { target: 'draft-2020-12', io: 'input' }),
    title: 'Assay recipe, version 1',
  };
}
