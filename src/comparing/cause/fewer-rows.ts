import type { Cause } from './cause.js';
import type { Contest } from '../contest.js';
import type { Random } from '../../core/random.js';
import { sampleUnits } from '../../ablation/sample.js';
import { Part } from '../../core/relation.js';
import { armOfRows } from '../arms.js';

/** Sizes closer than this are the same. */
const alike = 0.05;

/**
 * The larger side cut to the training rows of the smaller one, whole users at random: what having more rows or fewer does
 * by itself. Null where they have about as many.
 */
export function fewerRows(contest: Contest, random: Random): Cause | null {
  const training = { a: trainingRows(contest, 'a'), b: trainingRows(contest, 'b') };
  const [small, large] = training.a.length < training.b.length ? (['a', 'b'] as const) : (['b', 'a'] as const);
  const [few, many] = [training[small].length, training[large].length];
  if (few === 0 || few / many > 1 - alike) return null;
  const keep = sampleUnits(contest.experiment.frame, training[large], few, random)!;
  const cut = armOfRows(
    contest.experiment,
    `${large.toUpperCase()}, with as many rows as the other`,
    keep,
    undefined,
    many - few,
  );
  const whole = contest.arm[large];
  return {
    kind: 'rows',
    title: `${many - few} ${large === 'a' ? 'fewer' : 'more'} training rows`,
    move: null,
    defect: null,
    units: many - few,
    with: large === 'a' ? cut : whole,
    without: large === 'a' ? whole : cut,
    side: large,
  };
}

function trainingRows({ rows, experiment }: Contest, side: 'a' | 'b'): Int32Array {
  const { part } = experiment.frame;
  return rows[side].filter((row) => part[row] === Part.train || part[row] === Part.tuning);
}
