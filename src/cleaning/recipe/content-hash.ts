import { createHash } from 'node:crypto';
import type { Recipe } from './recipe.js';

/** SHA-256 (hex) over what a recipe says, whatever the order of its keys, its layout and comments; its own hash left out. */
export function contentHash(recipe: Recipe): string {
  const { hash: _, ...content } = recipe;
  return createHash('sha256')
    .update(JSON.stringify(sorted(content)))
    .digest('hex');
}

/** Object keys in order of code units, all the way down. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
