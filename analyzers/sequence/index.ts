import type { Defect } from '../../src/core/defect.js';
import { defineDefect } from '../../src/core/defect.js';
import { detect } from './detect.js';
import { inject } from './inject.js';
import { defaults } from './options.js';
import { repair } from './repair.js';
import { sentences } from './sentences.js';

/** Events whose order is wrong or unknown, and histories that hold the event itself. See the README for method and limits. */
export const sequence: Defect = defineDefect({
  id: 'sequence',
  title: 'Order of events',
  unit: 'row',
  needs: [],
  defaults,
  measures: {
    'out-of-order': { unit: 'share', says: 'rows out of place in a file that is in the order of time' },
    tied: { unit: 'share', says: 'rows that share their moment with another row of the same user' },
    'own-target': { unit: 'share', says: "rows whose own item is the latest of a column's history", absent: 0 },
  },
  sentences,
  detect,
  inject,
  repair,
  because: [
    {
      code: 'sequence.ties',
      of: 'duplicates.exact',
      when: (own, cause) => Number(cause['copies']) >= Number(own['rows']) / 4,
    },
  ],
});
