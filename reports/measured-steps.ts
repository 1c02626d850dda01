import type { ChainStep, Cleaning } from '../src/core/effect.js';

/** Steps of the chain that were measured; the rest have too few rows for an interval, and no number to draw. */
export function measuredSteps(cleaning: Cleaning): readonly ChainStep[] {
  return cleaning.steps.filter((step) => step.gain !== null);
}

/** Titles of the repairs that were not measured. */
export function unmeasuredTitles(cleaning: Cleaning): readonly string[] {
  return cleaning.steps.filter((step) => step.gain === null).map((step) => step.title);
}
