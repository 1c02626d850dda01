import type { Defect } from '../../src/core/defect.js';
import { defineDefect } from '../../src/core/defect.js';
import { detect } from './detect.js';
import { inject } from './inject.js';
import { defaults } from './options.js';
import { repair } from './repair.js';
import { sentences } from './sentences.js';

/** Rows that should be there and are not. See the README for method and limits. */
export const holes: Defect = defineDefect({
  id: 'holes',
  title: 'Missing rows',
  unit: 'dataset',
  needs: [],
  defaults,
  measures: {
    'missing-rows': { unit: 'count', says: 'rows that are usual in stretches which have none, or far fewer' },
    'missing-share': { unit: 'share', says: 'these rows as a share of all rows there should be' },
    stretches: { unit: 'count', says: 'stretches of time without rows' },
    gaps: { unit: 'count', says: 'stretches of time in which one value of a column has no rows' },
    'id-blocks': { unit: 'count', says: 'blocks or classes of ids that are missing' },
  },
  sentences,
  detect,
  inject,
  repair,
});
