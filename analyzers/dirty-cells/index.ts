import type { Defect } from '../../src/core/defect.js';
import { defineDefect } from '../../src/core/defect.js';
import { detect } from './detect.js';
import { inject } from './inject.js';
import { defaults } from './options.js';
import { repair } from './repair.js';
import { sentences } from './sentences.js';

/** Cells of text columns that are spelled, written or combined unlike the others. See the README for method and limits. */
export const dirtyCells: Defect = defineDefect({
  id: 'dirty-cells',
  title: 'Dirty cells',
  unit: 'cell',
  needs: ['features'],
  defaults,
  measures: {
    share: { unit: 'share', says: 'flagged cells of all cells of text features' },
    'column-share': { unit: 'share', says: 'flagged cells of a text column', absent: 0 },
  },
  sentences,
  detect,
  inject,
  repair,
});
