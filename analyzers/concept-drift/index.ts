import type { Defect } from '../../src/core/defect.js';
import { sameColumn } from '../../src/core/args-about.js';
import { defineDefect } from '../../src/core/defect.js';
import { detect } from './detect.js';
import { inject } from './inject.js';
import { defaults } from './options.js';
import { repair } from './repair.js';
import { sentences } from './sentences.js';

/** A relation of features to the label that changed over time. See the README for method and limits. */
export const conceptDrift: Defect = defineDefect({
  id: 'concept-drift',
  title: 'Concept drift',
  unit: 'dataset',
  needs: ['label', 'features', 'time'],
  trains: true,
  defaults,
  measures: {
    gain: {
      unit: 'auc',
      says: 'AUC on late rows that late examples bring over as many early ones',
    },
    z: { unit: 'z', says: 'this gain in standard errors, training counted' },
  },
  sentences,
  detect,
  inject,
  repair,
  because: [
    { code: 'concept-drift.moved', of: 'drift.unit-change', when: sameColumn },
    { code: 'concept-drift.moved', of: 'missing.outage', when: sameColumn },
    // Labels that were wrong in one slice for a while.
    { code: 'concept-drift.moved', of: 'label-noise.hot-slice', when: sameColumn },
  ],
});
