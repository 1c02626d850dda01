import type { Mechanism } from '../../src/core/defect.js';
import type { BotsOptions } from './options.js';
import { expr, planOf } from '../../src/core/plan.js';
import { drawingFor, layOutUnits } from '../../src/dataset/lay-out-units.js';
import { handedRows, metronomeRows } from '../../src/dataset/sql/shapes/user-activity.js';

const botUsers = 10;
const interval = 30;

/** Machines among the users: by what they click, and by when they come. */
export const mechanisms: readonly Mechanism<BotsOptions>[] = [
  {
    name: 'clicking-users',
    where: 'train',
    says: 'rows go to ten users who click on everything',
    found: { at: 0.05, until: { dose: 0.9, because: 'where all rows are theirs, no people are left to be unlike' } },
    inject: async ({ train, roles, whole }, run) => {
      const { user, label } = roles;
      if (user === null || label === null) return { unsupported: 'bots need the roles user and label' };
      const own = drawingFor(run, 'bots', 'clicking-users');
      const laid = await layOutUnits(handedRows(train, user, botUsers, own.random.path, run.engine.dialect), own);
      const to = expr.literal(label.column.type, label.positive);
      return {
        ...laid,
        plan: (keys) =>
          planOf(
            'bots',
            'bots.injected',
            { verb: 'set-cell', column: user.name, list: keys },
            { verb: 'set-label', where: { keys: { list: keys.list, of: whole.hash } }, to },
          ),
      };
    },
  },
  {
    name: 'metronome',
    where: 'train',
    says: 'rows go to one user who comes every 30 seconds',
    found: { at: 0.05 },
    inject: async ({ train, roles }, run) => {
      const { user, time } = roles;
      if (user === null || time === null) return { unsupported: 'a user who keeps time needs the roles user and time' };
      if (time.type === 'DATE') return { unsupported: 'days are too coarse a clock for intervals' };
      const own = drawingFor(run, 'bots', 'metronome');
      const { dialect } = run.engine;
      const laid = await layOutUnits(metronomeRows(train, time, interval, own.random.path, dialect), own);
      const to = expr.literal(user.type, user.type === 'VARCHAR' ? 'metronome' : '111');
      return {
        ...laid,
        plan: (keys) =>
          planOf(
            'bots',
            'bots.injected',
            { verb: 'set-cell', column: time.name, list: keys },
            { verb: 'set-cell', column: user.name, where: { keys }, to },
          ),
      };
    },
  },
];
