import type { Defect } from '../../src/core/defect.js';
import { defineDefect } from '../../src/core/defect.js';
import { detect } from './detect.js';
import { mechanisms } from './inject.js';
import { defaults } from './options.js';
import { repair } from './repair.js';
import { sentences } from './sentences.js';

/** Training rows that are not what serving saw. See the README for method and limits. */
export const skew: Defect = defineDefect({
  id: 'skew',
  title: 'Training-serving skew',
  unit: 'cell',
  needs: ['serving'],
  defaults,
  measures: {
    cells: {
      unit: 'share',
      says: 'cells of a column that differ between training and serving, of rows in both',
      absent: 0,
    },
    columns: { unit: 'count', says: 'columns that differ between training and serving' },
    matched: { unit: 'share', says: 'training rows that serving logged too' },
  },
  sentences,
  detect,
  inject: mechanisms,
  repair,
});
