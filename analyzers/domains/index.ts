import type { Defect } from '../../src/core/defect.js';
import { defineDefect } from '../../src/core/defect.js';
import { detect } from './detect.js';
import { inject } from './inject.js';
import { defaults } from './options.js';
import { repair } from './repair.js';
import { sentences } from './sentences.js';

/** Sources of rows (shops, apps, countries) in which columns mean something else. See the README for method and limits. */
export const domains: Defect = defineDefect({
  id: 'domains',
  title: 'Domains',
  unit: 'column',
  needs: ['domain'],
  defaults,
  measures: {
    'other-unit': { unit: 'count', says: 'columns in another unit in some domain, one for each domain', absent: 0 },
    'other-words': { unit: 'count', says: 'columns written otherwise in some domain, one for each domain', absent: 0 },
    reversed: { unit: 'count', says: 'numbers that rank the label the other way round in some domain', absent: 0 },
    differing: { unit: 'count', says: 'columns that differ between a domain and the others, one for each domain' },
    'psi-excess': { unit: 'psi', says: 'largest PSI of a domain against the others less what sampling explains' },
    'unit-ratio': { unit: 'ratio', says: 'median of a domain over that of the others, where the unit is another' },
    auc: { unit: 'auc', says: 'AUC of a number alone in a domain, where its direction is reversed' },
    'label-rate': { unit: 'share', says: 'share of positives of a domain' },
  },
  sentences,
  detect,
  inject,
  repair,
});
