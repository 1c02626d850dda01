import type { RecipeEdit } from '../../src/core/recipe-edit.js';
import type { RecipeEdited } from '../contract/recipe.js';
import { go, withQuery } from './address.js';

/** A recipe under review: what is changed stands in the address, so that going back is undo and a link shows the same. */
export interface Draft extends RecipeEdit {
  /** Places of all steps: those that stay first, then the rejected ones. */
  readonly rows: readonly number[];
  readonly changed: boolean;
}

export function draftOf(query: URLSearchParams, steps: number): Draft {
  const all = Array.from({ length: steps }, (_, i) => i);
  const asked = query.get('order');
  const named = asked === null ? all : asked.split('.').map(Number);
  const order = [...new Set(named)].filter((at) => Number.isInteger(at) && at >= 0 && at < steps);
  const strength: Record<number, number> = {};
  for (const part of query.getAll('strength')) {
    const [at, factor] = part.split(':').map(Number);
    if (at !== undefined && factor !== undefined && Number.isFinite(factor) && factor >= 0) strength[at] = factor;
  }
  const exceptions = query.getAll('keep').map((row) => ({ row, reason: 'kept as is in the review' }));
  const rejected = all.filter((at) => !order.includes(at));
  const changed = order.join() !== all.join() || exceptions.length > 0 || Object.keys(strength).length > 0;
  return { order: asked === '' ? [] : order, rows: [...order, ...rejected], strength, exceptions, changed };
}

export function reject(draft: Draft, at: number): void {
  setOrder(draft.order.filter((other) => other !== at));
}

/** Back to where the chain had it: behind the steps that were before it. */
export function accept(draft: Draft, at: number): void {
  const place = draft.order.findIndex((other) => other > at);
  const order = [...draft.order];
  order.splice(place < 0 ? order.length : place, 0, at);
  setOrder(order);
}

/** Moves a step by one place, −1 being earlier. */
export function move(draft: Draft, at: number, by: -1 | 1): void {
  const place = draft.order.indexOf(at);
  const order = [...draft.order];
  if (place < 0 || place + by < 0 || place + by >= order.length) return;
  order.splice(place, 1);
  order.splice(place + by, 0, at);
  setOrder(order);
}

export function setStrength(draft: Draft, at: number, factor: number): void {
  const strength = { ...draft.strength, [at]: factor };
  go(withQuery({ strength: Object.entries(strength).map(([step, value]) => `${step}:${value}`) }));
}

/** Makes a row an exception, or takes that back. */
export function keepRow(draft: Draft, row: string): void {
  const rows = draft.exceptions.map((e) => e.row);
  go(withQuery({ keep: rows.includes(row) ? rows.filter((other) => other !== row) : [...rows, row] }));
}

export function editedOf({ order, strength, exceptions }: Draft): RecipeEdited {
  const factors = Object.entries(strength).map(([step, factor]) => ({ step: Number(step), factor }));
  return { order, strength: factors, exceptions };
}

function setOrder(order: readonly number[]): void {
  go(withQuery({ order: order.join('.') }));
}
