import type { Mechanism } from '../../src/core/defect.js';
import type { SequenceOptions } from './options.js';
import { planOf } from '../../src/core/plan.js';
import { drawingFor, layOutUnits } from '../../src/dataset/lay-out-units.js';
import { mergedMoments, misdatedUnits } from '../../src/dataset/sql/shapes/event-order.js';

/** Ways in which the order of events is lost: clocks that are wrong, and clocks that are coarse. */
export const inject: readonly Mechanism<SequenceOptions>[] = [
  {
    name: 'wrong-clock',
    where: 'train',
    says: 'moments are wrong by a tenth to four tenths of the span of the file',
    found: {
      at: 0.01,
      until: {
        dose: 0.05,
        because: 'where more than 10 rows in 100 go back in time, the file counts as one in no order',
      },
    },
    inject: async ({ train, roles: { time } }, run) => {
      if (time === null) return { unsupported: 'a wrong clock needs the role time' };
      const own = drawingFor(run, 'sequence', 'wrong-clock');
      const laid = await layOutUnits(misdatedUnits(train, time, own.random.path, own.engine.dialect), own);
      return {
        ...laid,
        plan: (list) => planOf('sequence', 'sequence.injected', { verb: 'set-cell', column: time.name, list }),
      };
    },
  },
  {
    name: 'shared-moments',
    where: 'train',
    says: 'events get the moment of the event that their user had before',
    found: { at: 0.05 },
    inject: async ({ train, roles: { time, user } }, run) => {
      if (time === null || user === null) return { unsupported: 'shared moments need the roles time and user' };
      const own = drawingFor(run, 'sequence', 'shared-moments');
      const laid = await layOutUnits(mergedMoments(train, user, time, own.random.path, own.engine.dialect), own);
      return {
        ...laid,
        plan: (list) => planOf('sequence', 'sequence.injected', { verb: 'set-cell', column: time.name, list }),
      };
    },
  },
];
