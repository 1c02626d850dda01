import { z } from 'zod';

/** `GET /api/runs/:id/recipe`: the recipe as the run wrote it; null where it wrote none. */
export interface RecipeText {
  readonly text: string | null;
}
export const recipeText: z.ZodType<RecipeText> = z.object({ text: z.string().nullable() });
