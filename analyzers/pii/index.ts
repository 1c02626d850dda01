import type { Defect } from '../../src/core/defect.js';
import { defineDefect } from '../../src/core/defect.js';
import { detect } from './detect.js';
import { mechanisms } from './inject.js';
import { defaults } from './options.js';
import { repair } from './repair.js';
import { sentences } from './sentences.js';

/** Personal data in cells and names of columns. See the README for method and limits. */
export const pii: Defect = defineDefect({
  id: 'pii',
  title: 'Personal data',
  unit: 'cell',
  needs: [],
  first: true,
  defaults,
  measures: {
    columns: { unit: 'count', says: 'columns that hold personal data, or are called as if they did' },
    cells: { unit: 'count', says: 'cells of a column that look like personal data', absent: 0 },
  },
  sentences,
  detect,
  inject: mechanisms,
  repair,
});
