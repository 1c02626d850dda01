import type { Defect } from '../../src/core/defect.js';
import { defineDefect } from '../../src/core/defect.js';
import { detect } from './detect.js';
import { inject } from './inject.js';
import { defaults } from './options.js';
import { repair } from './repair.js';
import { sentences } from './sentences.js';

/** Columns of vectors some of which cannot be what a model made. See the README for method and limits. */
export const embeddings: Defect = defineDefect({
  id: 'embeddings',
  title: 'Embeddings',
  unit: 'cell',
  needs: ['vectors'],
  defaults,
  measures: {
    share: { unit: 'share', says: 'flagged vectors of all vectors' },
    cells: { unit: 'count', says: 'flagged vectors of a column', absent: 0 },
  },
  sentences,
  detect,
  inject,
  repair,
});
