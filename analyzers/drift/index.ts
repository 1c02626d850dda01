import type { Defect } from '../../src/core/defect.js';
import { sameColumn } from '../../src/core/args-about.js';
import { defineDefect } from '../../src/core/defect.js';
import { again } from './again.js';
import { detect } from './detect.js';
import { mechanisms } from './inject.js';
import { defaults } from './options.js';
import { repair } from './repair.js';
import { sentences } from './sentences.js';

/** Columns that moved against a reference, a test file or earlier rows. See the README for method and limits. */
export const drift: Defect = defineDefect({
  id: 'drift',
  title: 'Drift',
  unit: 'column',
  needs: ['comparison'],
  defaults,
  measures: {
    columns: { unit: 'count', says: 'columns that drifted, those that move with the calendar left out' },
    'psi-excess': { unit: 'psi', says: 'PSI of a column less what sampling alone explains' },
    'unit-rows': { unit: 'count', says: 'training rows of a column in another unit', absent: 0 },
  },
  sentences,
  detect,
  inject: mechanisms,
  repair,
  again,
  because: [
    // A column that was lost for a stretch, or a value of it, is not a column that moved.
    { code: 'drift.moved', of: 'missing.outage', when: sameColumn },
    { code: 'drift.moved', of: 'holes.level', when: sameColumn },
  ],
});
