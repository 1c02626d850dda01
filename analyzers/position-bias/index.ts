import type { Defect } from '../../src/core/defect.js';
import { defineDefect } from '../../src/core/defect.js';
import { detect } from './detect.js';
import { inject } from './inject.js';
import { defaults } from './options.js';
import { repair } from './repair.js';
import { sentences } from './sentences.js';

/** Labels that depend on where a thing was shown. See the README for method and limits. */
export const positionBias: Defect = defineDefect({
  id: 'position-bias',
  title: 'Position bias',
  unit: 'dataset',
  needs: ['label', 'position'],
  defaults,
  measures: {
    odds: { unit: 'ratio', says: 'odds of a positive of the same item, of a position over the one above' },
    overlap: { unit: 'share', says: 'what positions could tell that lies within items, of all' },
  },
  sentences,
  detect,
  inject,
  repair,
});
