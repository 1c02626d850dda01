import type { Defect } from '../../src/core/defect.js';
import { defineDefect } from '../../src/core/defect.js';
import { detect } from './detect.js';
import { inject } from './inject.js';
import { defaults } from './options.js';
import { repair } from './repair.js';
import { sentences } from './sentences.js';

/** Columns that know the label in a way that they will not when the model serves. See the README for method and limits. */
export const leakage: Defect = defineDefect({
  id: 'leakage',
  title: 'Leakage',
  unit: 'column',
  needs: ['label', 'features'],
  defaults,
  measures: {
    columns: { unit: 'count', says: 'features that are called leaks or are asked about' },
    auc: { unit: 'auc', says: 'AUC of a column alone, where it is called', absent: 0.5 },
    'null-auc': { unit: 'auc', says: 'AUC of "is null" of a column, where it is called', absent: 0.5 },
    'tail-recall': {
      unit: 'share',
      says: 'positives that one end of a column isolates, where it is called',
      absent: 0,
    },
    ahead: {
      unit: 'ratio',
      says: 'partial correlation of a column with the rate of later events, within users or items, where it is called',
      absent: 0,
    },
    'own-rate': {
      unit: 'ratio',
      says: 'correlation of a column with the rate of its user or item, own label included, where it is called',
      absent: 0,
    },
  },
  sentences,
  detect,
  inject,
  repair,
});
