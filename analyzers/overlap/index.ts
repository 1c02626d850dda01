import type { Defect } from '../../src/core/defect.js';
import { defineDefect } from '../../src/core/defect.js';
import { detect } from './detect.js';
import { inject } from './inject.js';
import { defaults } from './options.js';
import { repair } from './repair.js';
import { sentences } from './sentences.js';

/** Rows, near copies and users that training and test rows share. See the README for method and limits. */
export const overlap: Defect = defineDefect({
  id: 'overlap',
  title: 'Overlap of train and test',
  unit: 'row',
  needs: ['test'],
  defaults,
  measures: {
    share: { unit: 'share', says: 'training rows that a test row repeats, exactly or nearly, of all training rows' },
    'test-share': { unit: 'share', says: 'test rows that repeat a training row exactly, of all test rows' },
    'near-test-share': {
      unit: 'share',
      says: 'test rows that repeat a training row but for the last digits',
      absent: 0,
    },
    'by-chance': { unit: 'count', says: 'equal pairs to expect if the columns were independent: a lower bound' },
    'user-share': { unit: 'share', says: 'users of the test rows that the training rows hold as well' },
    'group-share': { unit: 'share', says: 'groups of the test rows that the training rows hold as well' },
  },
  sentences,
  detect,
  inject,
  repair,
});
