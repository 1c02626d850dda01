import type { Defect } from '../../src/core/defect.js';
import { defineDefect } from '../../src/core/defect.js';
import { again } from './again.js';
import { detect } from './detect.js';
import { mechanisms } from './inject.js';
import { defaults } from './options.js';
import { repair } from './repair.js';
import { sentences } from './sentences.js';

/** A share of positives that moved. See the README for method and limits. */
export const labelDrift: Defect = defineDefect({
  id: 'label-drift',
  title: 'Label drift',
  unit: 'dataset',
  needs: ['label', 'comparison'],
  defaults,
  measures: {
    'rate-ratio': { unit: 'ratio', says: 'share of positives over that of the rows compared with' },
    z: { unit: 'z', says: 'two-proportion z of the difference, users counted once for what they repeat' },
    'rate-before': { unit: 'share', says: 'share of positives in the reference file, or the earlier or training rows' },
    'rate-after': { unit: 'share', says: 'share of positives in the rows at hand, the late rows or the test file' },
  },
  sentences,
  detect,
  inject: mechanisms,
  repair,
  again,
  because: [
    // Negatives left out raise the share of positives, and positives left out lower it: a way of sampling, not of the world.
    { code: 'label-drift.moved', of: 'imbalance.sampled', when: (own, cause) => own['against'] === cause['against'] },
    // Labels that are still to come are missing at the end only.
    {
      code: 'label-drift.moved',
      of: 'delayed-labels.tail',
      when: (own) => own['against'] === 'time' && Number(own['ratio']) < 1,
    },
  ],
});
