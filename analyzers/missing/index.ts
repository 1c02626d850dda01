import type { Defect } from '../../src/core/defect.js';
import { sameColumn } from '../../src/core/args-about.js';
import { defineDefect } from '../../src/core/defect.js';
import { again } from './again.js';
import { detect } from './detect.js';
import { inject } from './inject.js';
import { defaults } from './options.js';
import { repair } from './repair.js';
import { sentences } from './sentences.js';

export const missing: Defect = defineDefect({
  id: 'missing',
  title: 'Missing fields',
  unit: 'cell',
  needs: [],
  defaults,
  measures: {
    share: {
      unit: 'share',
      says: 'flagged cells of all cells looked at: nulls, disguised nulls and cells lost in outages',
    },
    'null-share': { unit: 'share', says: 'null or NaN cells of a column', absent: 0 },
    'disguised-share': {
      unit: 'share',
      says: 'cells of a column that hold a word or number which stands for null',
      absent: 0,
    },
    'label-auc': {
      unit: 'auc',
      says: 'how well the label is ranked by whether a column is null; .5: not at all',
      absent: 0.5,
    },
    'predicted-auc': {
      unit: 'auc',
      says: 'how well the other columns tell the null cells of a column from the others; .5: nulls fell by chance',
      trains: true,
    },
    'outage-cells': { unit: 'count', says: 'cells of a column lost in one stretch of time', absent: 0 },
  },
  sentences,
  detect,
  inject,
  repair,
  again,
  curves: ['mcar', 'outage'],
  // What leaks is said there.
  because: [{ code: 'missing.tells-label', of: 'leakage.null-tells-label', when: sameColumn }],
});
