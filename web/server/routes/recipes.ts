import type { Router } from 'express';
import express from 'express';
import { nothing } from '../../contract/nothing.js';
import { changes, changesPath, changesQuery, recipeEdited, recipeKept, recipeReview } from '../../contract/recipe.js';
import { runPath } from '../../contract/runs.js';
import { changesOf } from '../recipes/changes.js';
import { keepEdited } from '../recipes/keep.js';
import { reviewOf } from '../recipes/review.js';
import { route } from '../route.js';
import type { Services } from '../services.js';

/** Routes of recipes: what a run chose, what each step changed, and a person's own copy. */
export function recipeRoutes(router: Router, services: Services): void {
  const none = { path: nothing, query: nothing, body: nothing };
  router.get(
    '/runs/:id/recipe',
    route({
      ...none,
      path: runPath,
      answer: recipeReview,
      work: ({ path: { id } }) => reviewOf(services.runs, id),
    }),
  );
  router.get(
    '/runs/:id/recipe/:step/changes',
    route({
      ...none,
      path: changesPath,
      query: changesQuery,
      answer: changes,
      work: ({ path, query, signal }) => changesOf(services, path, query, signal),
    }),
  );
  router.post(
    '/runs/:id/recipe',
    express.json({ limit: '64kb', strict: true }),
    route({
      ...none,
      path: runPath,
      body: recipeEdited,
      answer: recipeKept,
      work: ({ path: { id }, body }) => keepEdited(services, id, body),
    }),
  );
}
