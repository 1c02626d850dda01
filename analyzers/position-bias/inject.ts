import type { Mechanism } from '../../src/core/defect.js';
import type { PositionBiasOptions } from './options.js';
import { expr, planOf } from '../../src/core/plan.js';
import { drawingFor, layOutUnits } from '../../src/dataset/lay-out-units.js';
import { placedByRate, unseenPositives } from '../../src/dataset/sql/shapes/position-rates.js';
import { isNumeric } from '../../src/dataset/sql/type-kinds.js';

/** Odds of being looked at, of a position over the one above. */
const fall = 0.78;
const noRoles = { unsupported: 'a bias of positions needs the roles position (a number) and label' } as const;

/** Ways in which positions and labels come to go together: what stands low is not seen; what is liked stands high. */
export const inject: readonly Mechanism<PositionBiasOptions>[] = [
  {
    name: 'examination',
    where: 'train',
    says: 'positives are lost where nobody looked, the more the lower they stand',
    found: { at: 0.3 },
    inject: async ({ train, roles: { position, label } }, run) => {
      if (position === null || label === null || !isNumeric(position.type)) return noRoles;
      const own = drawingFor(run, 'position-bias', 'examination');
      const shown = { relation: train, position, label };
      const laid = await layOutUnits(unseenPositives(shown, fall, own.random.path, own.engine.dialect), own);
      const to = expr.literal(label.column.type, label.negative);
      return {
        ...laid,
        plan: (keys) => planOf('position-bias', 'position-bias.injected', { verb: 'set-label', where: { keys }, to }),
      };
    },
  },
  {
    name: 'ranked-by-rate',
    where: 'train',
    says: 'positions become the places of items ordered by their rate, so that an item always stands at the same place',
    found: { at: 1 },
    inject: async ({ train, roles: { position, label, item } }, run) => {
      if (position === null || label === null || item === null || !isNumeric(position.type)) return noRoles;
      const own = drawingFor(run, 'position-bias', 'ranked-by-rate');
      const shown = { relation: train, position, label };
      const laid = await layOutUnits(placedByRate(shown, item, own.random.path, own.engine.dialect), own);
      return {
        ...laid,
        plan: (list) =>
          planOf('position-bias', 'position-bias.injected', { verb: 'set-cell', column: position.name, list }),
      };
    },
  },
];
