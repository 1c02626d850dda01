import type { Defect } from '../../src/core/defect.js';
import { defineDefect } from '../../src/core/defect.js';
import { detect } from './detect.js';
import { mechanisms } from './inject.js';
import { defaults } from './options.js';
import { repair } from './repair.js';
import { sentences } from './sentences.js';

/** Data that is not what its schema says, and columns that became others. See the README for method and limits. */
export const schema: Defect = defineDefect({
  id: 'schema',
  title: 'Schema',
  unit: 'column',
  needs: [],
  defaults,
  measures: {
    columns: { unit: 'count', says: 'columns that break the schema, or that became others between two versions' },
    cells: { unit: 'share', says: 'cells of a column that break a rule of the schema', absent: 0 },
  },
  sentences,
  detect,
  inject: mechanisms,
  repair,
});
