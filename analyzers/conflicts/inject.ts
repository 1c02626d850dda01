import type { Mechanism } from '../../src/core/defect.js';
import type { Expr } from '../../src/core/plan.js';
import type { Label } from '../../src/core/study.js';
import type { ConflictsOptions } from './options.js';
import { expr, planOf } from '../../src/core/plan.js';
import { drawingFor, layOutUnits } from '../../src/dataset/lay-out-units.js';
import { drawnUnits } from '../../src/dataset/sql/shapes/drawn-units.js';
import { laterPositives } from '../../src/dataset/sql/shapes/later-positives.js';

const needsLabel = { unsupported: 'there is no label to contradict' } as const;

/**
 * Both mechanisms copy the row first and then change the original, which leaves the same two rows as a changed copy.
 */
export const inject: readonly Mechanism<ConflictsOptions>[] = [
  {
    name: 'flipped-copies',
    where: 'train',
    says: 'rows are copied, and the two have unlike labels',
    found: { at: 0.01 },
    inject: async (study, run) => {
      const { label } = study.roles;
      if (label === null) return needsLabel;
      const own = drawingFor(run, 'conflicts', 'flipped-copies');
      const draw = run.engine.dialect.uniform(own.random.path, 'k');
      const laid = await layOutUnits(drawnUnits(study.train, { draw }), own);
      const to = flipped(label);
      return {
        ...laid,
        plan: (at) =>
          planOf(
            'conflicts',
            'conflicts.injected',
            { verb: 'repeat-row', where: { keys: at }, times: 2 },
            { verb: 'set-label', where: { keys: at }, to },
          ),
      };
    },
  },
  {
    name: 'later-positive',
    where: 'train',
    says: 'negative rows come again 1 to 24 hours later as positives, as when a conversion is logged late',
    found: { at: 0.01 },
    inject: async (study, run) => {
      const { label, time } = study.roles;
      if (label === null) return needsLabel;
      if (time === null) return { unsupported: 'a later event needs the role time' };
      const own = drawingFor(run, 'conflicts', 'later-positive');
      const laid = await layOutUnits(
        laterPositives(study.train, time, label, own.random.path, run.engine.dialect),
        own,
      );
      const to = expr.literal(label.column.type, label.positive);
      return {
        ...laid,
        plan: (at) =>
          planOf(
            'conflicts',
            'conflicts.injected',
            { verb: 'repeat-row', where: { keys: at }, times: 2 },
            { verb: 'set-cell', column: time.name, list: at },
            { verb: 'set-label', where: { keys: at }, to },
          ),
      };
    },
  },
];

/** The other class, as an expression over the label column. */
function flipped({ column, positive, negative }: Label): Expr {
  const value = (text: string): Expr => expr.literal(column.type, text);
  // oxlint-disable-next-line unicorn/no-thenable -- `then` is a branch of an expression, never awaited
  return { when: expr.cmp('=', expr.col(column.name), value(positive)), then: value(negative), else: value(positive) };
}
