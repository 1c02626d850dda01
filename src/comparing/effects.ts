import type { Cause } from './cause/cause.js';
import type { CauseEffect, DataComparison, Difference, Level, MeasuredCause } from '../core/data-comparison.js';
import type { Contest } from './contest.js';
import type { Paired } from '../ablation/effect/paired.js';
import type { Side } from './sides.js';
import { contrast } from '../ablation/effect/contrast.js';
import { tooFewUnits } from '../ablation/effect/floor.js';
import { limitsOf } from '../ablation/effect/limits.js';
import { holm } from '../stats/correction.js';

const level = 0.05;

/** AUC of both, and their difference. Trained seeds only. */
export function aucsOf(contest: Contest, seeds: readonly number[]): NonNullable<DataComparison['auc']> {
  const { experiment, arm, scored, common } = contest;
  const of = (side: Side): Paired => experiment.level(arm[side], seeds, common[side]);
  const training = experiment.difference(arm.b, arm.a, seeds, scored.b);
  return {
    a: levelOf(experiment.level(arm.a, seeds, scored.a)),
    b: levelOf(experiment.level(arm.b, seeds, scored.b)),
    difference: differenceOf(contrast(of('b'), of('a'))),
    training: differenceOf(training),
  };
}

/** Causes with their effects, the largest first, and those of which nothing can be said. p-values by Holm (1979). */
export function effectsOf(
  contest: Contest,
  causes: readonly Cause[],
  seeds: readonly number[],
  difference: Difference,
): Pick<DataComparison, 'causes' | 'unmeasured'> {
  const measured = causes.map((cause) => ({ cause, paired: pairedOf(contest, cause, seeds) }));
  const thin = measured.flatMap(({ cause, paired }) => {
    const reason = tooFewUnits(paired);
    return reason === null ? [] : [{ title: cause.title, reason }];
  });
  const whole = measured.filter(({ paired }) => tooFewUnits(paired) === null);
  const adjusted = holm(whole.map(({ paired }) => limitsOf(paired).p));
  const found = whole.map(({ cause, paired }, i): MeasuredCause => ({
    ...aboutOf(contest, cause),
    ...effectOf(paired, difference, adjusted[i]),
  }));
  return { causes: found.sort((x, y) => Math.abs(y.value) - Math.abs(x.value)), unmeasured: thin };
}

/** With minus without, on the rows of the cause's side. */
export function pairedOf({ experiment, scored }: Contest, cause: Cause, seeds: readonly number[]): Paired {
  return experiment.difference(cause.with, cause.without, seeds, scored[cause.side]);
}

export function effectOf(paired: Paired, difference: Difference, p?: number): CauseEffect {
  const own = differenceOf(paired, p);
  return { ...own, explains: difference.resolved ? own.value / difference.value : null };
}

function aboutOf(
  { experiment }: Contest,
  { kind, title, move, defect, units }: Cause,
): Omit<MeasuredCause, keyof CauseEffect> {
  return {
    kind,
    title,
    column: move === null ? null : experiment.frame.columns[move.column]!.feature.column.name,
    where: move?.where ?? null,
    defect,
    units,
    psi: move?.psi ?? null,
  };
}

function levelOf(paired: Paired): Level {
  const { low, high } = limitsOf(paired);
  return { value: paired.estimate, low, high };
}

/** A difference of nothing, from the same rows and models, is 0 and not resolved. */
function differenceOf(paired: Paired, adjusted?: number): Difference {
  if (paired.variance === 0) return { value: paired.estimate, low: 0, high: 0, p: 1, mde: 0, resolved: false };
  const { low, high, mde, ...limits } = limitsOf(paired);
  const p = adjusted ?? limits.p;
  return { value: paired.estimate, low, high, p, mde, resolved: p <= level };
}
