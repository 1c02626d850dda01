import type { Arm } from '../../ablation/arm.js';
import type { Cause } from './cause.js';
import type { Contest } from '../contest.js';
import type { ExactValues } from '../move/exact-values.js';
import type { Move } from '../move/moves.js';
import type { Random } from '../../core/random.js';
import { armOfRows } from '../arms.js';
import { swapped } from '../move/swap.js';

/** B with the cells of these moves as they would be in A, in training and in scoring. */
export type TakeBack = (name: string, moves: readonly Move[]) => Arm;

export function createTakeBack({ experiment, marks }: Contest, values: ExactValues, random: Random): TakeBack {
  return (name, moves) => {
    const units = moves.reduce((sum, move) => sum + move.rows, 0);
    return armOfRows(experiment, name, marks.b, swapped(experiment.frame, moves, values, random), units);
  };
}

/** Each move, taken back alone. */
export function movedColumns(contest: Contest, moves: readonly Move[], takeBack: TakeBack): readonly Cause[] {
  return moves.map((move) => {
    const { name } = contest.experiment.frame.columns[move.column]!.feature.column;
    const title = move.where === null ? name : `${name}, ${move.where}`;
    return {
      kind: move.where === null ? 'column' : 'piece',
      title,
      move,
      defect: null,
      units: move.rows,
      with: contest.arm.b,
      without: takeBack(`B, ${title} as in A`, [move]),
      side: 'b',
    };
  });
}
