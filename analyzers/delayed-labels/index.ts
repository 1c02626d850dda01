import type { Defect } from '../../src/core/defect.js';
import { argText } from '../../src/core/arg-text.js';
import { defineDefect } from '../../src/core/defect.js';
import { detect } from './detect.js';
import { mechanisms } from './inject.js';
import { defaults } from './options.js';
import { repair } from './repair.js';

/** Labels that had not arrived when the file was written. See the README for method and limits. */
export const delayedLabels: Defect = defineDefect({
  id: 'delayed-labels',
  title: 'Delayed labels',
  unit: 'row',
  needs: ['label', 'time'],
  defaults,
  measures: {
    z: {
      unit: 'z',
      says: 'share of positives of the youngest two days against mature rows, in standard errors between days',
    },
    'first-day': { unit: 'share', says: 'share of the positives to come that has arrived for the youngest day' },
  },
  sentences: {
    'delayed-labels.tail': (a) =>
      `Labels of the last ${argText(a['days'])} days (from ${argText(a['from'])}) are still arriving: ${percent(a['rate'])} of the youngest rows are positive, ${percent(a['mature'])} of the mature ones; arrived so far by day of age: ${[a['completeness']].flat().map(percent).join(', ')}.`,
    'delayed-labels.young': (a) => `A negative of ${argText(a['age'])} whole days: its label may still arrive.`,
    'delayed-labels.cannot-tell': () =>
      'Whether labels are still arriving cannot be told: it takes young rows, four days of mature ones and twenty positives there.',
  },
  detect,
  inject: mechanisms,
  repair,
});

function percent(share: unknown): string {
  return `${Number((100 * Number(share)).toPrecision(3))}%`;
}
