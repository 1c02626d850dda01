import type { Defect } from '../../src/core/defect.js';
import { defineDefect } from '../../src/core/defect.js';
import { detect } from './detect.js';
import { mechanisms } from './inject.js';
import { defaults } from './options.js';
import { repair } from './repair.js';
import { sentences } from './sentences.js';

/** Columns of one value, and columns that repeat another one. See the README for method and limits. */
export const constants: Defect = defineDefect({
  id: 'constants',
  title: 'Idle columns',
  unit: 'column',
  needs: ['features'],
  defaults,
  measures: {
    columns: { unit: 'count', says: 'features that are constant, or repeat another one cell by cell' },
  },
  sentences,
  detect,
  inject: mechanisms,
  repair,
});
