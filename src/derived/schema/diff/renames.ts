import type { Known } from './known.js';
import { editDistance } from '../../../core/nearest.js';
import { distance, leastRows, noiseOf } from './distance.js';
import { kindOf } from './known.js';
import { unitFactor } from './unit-factor.js';

export interface Rename {
  readonly from: string;
  readonly to: string;
  /** A score in [0, 1], not a probability. */
  readonly confidence: number;
}

/** From this confidence on a rename is one; below it, and from {@link perhaps} on, it is a question. */
export const sure = 0.8;
export const perhaps = 0.5;

/**
 * Which columns that only A has are columns that only B has, under another name: each pair is weighed by how well the
 * portraits agree (in another unit, if need be) and how alike the names are, against all other pairs of the two and against
 * no pair at all. Portraits that say little (flags, moments) weigh less. Best first, each column once.
 */
export function findRenames(gone: readonly Known[], come: readonly Known[]): readonly Rename[] {
  const weights = gone.map((a) => come.map((b) => weight(a, b)));
  const found: Rename[] = [];
  const [left, right] = [new Set(gone.keys()), new Set(come.keys())];
  for (;;) {
    let best: { i: number; j: number; confidence: number } | null = null;
    for (const i of left) {
      for (const j of right) {
        const own = weights[i]![j]!;
        const others = [...right].reduce((sum, k) => sum + weights[i]![k]!, 0) - own;
        const rivals = [...left].reduce((sum, k) => sum + weights[k]![j]!, 0) - own;
        const none = Math.max(doubt(gone[i]!), doubt(come[j]!));
        const confidence = own / (own + others + rivals + none);
        if (confidence >= perhaps && (best === null || confidence > best.confidence)) best = { i, j, confidence };
      }
    }
    if (best === null) return found;
    left.delete(best.i);
    right.delete(best.j);
    const confidence = Number(Math.min(0.99, best.confidence).toFixed(2));
    found.push({ from: gone[best.i]!.name, to: come[best.j]!.name, confidence });
  }
}

/** e^(3 likeness of names) times how well the portraits agree; 1 for perfect strangers of one law. */
function weight(a: Known, b: Known): number {
  const likeness = Math.exp(3 * nameLikeness(a.name, b.name));
  if (Math.min(a.held, b.held) < leastRows) return kindOf(a.type) === kindOf(b.type) ? likeness / 20 : 0;
  const unit = unitFactor(a, b);
  const d = unit?.distance ?? distance(a, b);
  const z = d / (noiseOf(a, b) / 2);
  // Of two kinds (numbers that became text): the name alone can tell.
  if (kindOf(a.type) !== kindOf(b.type)) return likeness / 100;
  return likeness * Math.max(Math.exp(-0.5 * z * z), 0.002);
}

/** Columns are empty in part of the rows where this share is, and this share is not. */
const partly = 0.05;

/** How easily a column of the same portrait could be another one. */
function doubt({ seen, type, held }: Known): number {
  if (held < leastRows) return 0.3;
  const isTold = kindOf(type) === 'text' ? seen.distinct > 2 : seen.distinct > 10;
  if (kindOf(type) !== 'moment' && isTold) return 0.05;
  // A flag that is empty in part of the rows has two shares to agree in, not one.
  return seen.nulls > partly && seen.nulls < 1 - partly ? 0.1 : 0.2;
}

/** 1 for names that differ in case and punctuation only, 0 for names with nothing in common. */
function nameLikeness(a: string, b: string): number {
  const [left, right] = [plainName(a), plainName(b)];
  if (left === right) return 1;
  const [short, long] = left.length < right.length ? [left, right] : [right, left];
  if (short.length >= 3 && long.includes(short)) return 0.8;
  return Math.max(0, 1 - (1.5 * editDistance(left, right)) / Math.max(left.length, right.length, 1));
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
