import type { Effect } from '../src/core/effect.js';
import type { Report } from './model.js';

/** An effect of the second model beside the built-in model's, where that has one. */
export interface OtherLine {
  readonly other: Effect;
  readonly builtIn: Effect | null;
}

/** The effects of the second model in their order. */
export function otherLines(report: Report): readonly OtherLine[] {
  return (report.otherModel?.effects ?? []).map((other) => ({
    other,
    builtIn: report.effects.find((e) => same(e, other)) ?? null,
  }));
}

function same(a: Effect, b: Effect): boolean {
  return a.kind === b.kind && a.metric === b.metric && a.defect === b.defect && a.arm === b.arm;
}
