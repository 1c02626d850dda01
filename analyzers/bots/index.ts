import type { Defect } from '../../src/core/defect.js';
import type { Finding } from '../../src/core/evidence.js';
import { argText } from '../../src/core/arg-text.js';
import { defineDefect } from '../../src/core/defect.js';
import { detect } from './detect.js';
import { mechanisms } from './inject.js';
import { defaults } from './options.js';
import { repair } from './repair.js';

/** Users who are machines. See the README for method and limits. */
export const bots: Defect = defineDefect({
  id: 'bots',
  title: 'Bots',
  unit: 'row',
  needs: ['label', 'user'],
  defaults,
  measures: {
    users: { unit: 'count', says: 'users who click, come or keep time as no person does' },
    share: { unit: 'share', says: 'rows of these users among all' },
  },
  sentences: {
    'bots.eager': (a) =>
      'user' in a
        ? `User ${argText(a['user'])} is positive far more often than any person.`
        : `${who(a)} positive more often than the spread between people explains (all rows: ${Number((100 * Number(a['base'])).toPrecision(3))}%).`,
    'bots.fixed-intervals': (a) =>
      'user' in a
        ? `User ${argText(a['user'])} comes at fixed intervals.`
        : `${who(a)} there at fixed intervals, as a machine is.`,
    'bots.volume': (a) =>
      'user' in a
        ? `User ${argText(a['user'])} has a large share of all rows.`
        : `${who(a)} behind a large share of all rows: a machine, or a value that stands for no user.`,
  },
  detect,
  inject: mechanisms,
  repair,
});

function who({ users, names }: Finding['args']): string {
  const shown = [names ?? []].flat().slice(0, 5).map(argText).join(', ');
  return users === 1 ? `User ${shown} is` : `${argText(users)} users (${shown}${Number(users) > 5 ? ' …' : ''}) are`;
}
