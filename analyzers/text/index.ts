import type { Defect } from '../../src/core/defect.js';
import { defineDefect } from '../../src/core/defect.js';
import { detect } from './detect.js';
import { mechanisms } from './inject.js';
import { defaults } from './options.js';
import { repair } from './repair.js';
import { sentences } from './sentences.js';

/** Texts that are blank, damaged by a wrong encoding, or boilerplate. See the README for method and limits. */
export const text: Defect = defineDefect({
  id: 'text',
  title: 'Damaged text',
  unit: 'cell',
  needs: [],
  defaults,
  measures: {
    blank: { unit: 'count', says: 'text cells that are empty or hold blanks only' },
    damaged: { unit: 'count', says: 'text cells that were read under a wrong encoding' },
    boilerplate: { unit: 'count', says: 'cells of free text that hold what many others hold' },
  },
  sentences,
  detect,
  inject: mechanisms,
  repair,
});
