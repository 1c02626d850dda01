import type { Defect } from '../../src/core/defect.js';
import { defineDefect } from '../../src/core/defect.js';
import { detect } from './detect.js';
import { inject } from './inject.js';
import { defaults } from './options.js';
import { repair } from './repair.js';
import { sentences } from './sentences.js';

/** A share of positives that somebody made. See the README for method and limits. */
export const imbalance: Defect = defineDefect({
  id: 'imbalance',
  title: 'Class imbalance',
  unit: 'dataset',
  needs: ['label'],
  defaults,
  measures: {
    rate: { unit: 'share', says: 'share of positives among labelled training rows, with its Wilson interval' },
    'kept-negatives': {
      unit: 'ratio',
      says: 'negatives kept for each one of the reference (or test) file, at equal positives: its odds over those of the training rows',
    },
  },
  sentences,
  detect,
  inject,
  repair,
});
