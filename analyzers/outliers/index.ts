import type { Defect } from '../../src/core/defect.js';
import { sameColumn } from '../../src/core/args-about.js';
import { defineDefect } from '../../src/core/defect.js';
import { detect } from './detect.js';
import { inject } from './inject.js';
import { defaults } from './options.js';
import { repair } from './repair.js';
import { sentences } from './sentences.js';

/** Numbers far outside of what their column holds. See the README for method and limits. */
export const outliers: Defect = defineDefect({
  id: 'outliers',
  title: 'Outliers',
  unit: 'cell',
  needs: ['features'],
  defaults,
  measures: {
    share: { unit: 'share', says: 'flagged cells of all cells of numeric features with more than 50 values' },
    cells: { unit: 'count', says: 'flagged cells of a column', absent: 0 },
  },
  sentences,
  detect,
  inject,
  repair,
  because: [{ code: 'outliers.far', of: 'drift.unit-change', when: sameColumn }],
});
