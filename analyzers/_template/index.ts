import type { Defect } from '../../src/core/defect.js';
import { defineDefect } from '../../src/core/defect.js';
import { detect } from './detect.js';
import { inject } from './inject.js';
import { defaults } from './options.js';
import { repair } from './repair.js';
import { sentences } from './sentences.js';

/** Cells that hold a number which cannot be: the smallest whole defect, to copy from. It is in no registry. */
export const template: Defect = defineDefect({
  id: 'template',
  title: 'Impossible numbers',
  unit: 'cell',
  needs: ['features'],
  defaults,
  measures: {
    share: { unit: 'share', says: 'cells of numeric features that hold the impossible number' },
  },
  sentences,
  detect,
  inject,
  repair,
});
