import type { Defect } from '../../src/core/defect.js';
import type { Finding } from '../../src/core/evidence.js';
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
    'delayed-labels.tail': stillArriving,
    'delayed-labels.left-out': (a) =>
      `${stillArriving(a)} These ${argText(a['rows'])} rows are neither trained on nor scored.`,
    'delayed-labels.young': (a) => `A negative of ${argText(a['age'])} whole days: its label may still arrive.`,
    'delayed-labels.cannot-tell': () =>
      'Whether labels are still arriving cannot be told: it takes young rows, four days of mature ones and twenty positives there.',
  },
  detect,
  inject: mechanisms,
  repair,
});

function stillArriving(a: Finding['args']): string {
  return `Labels of the last ${argText(a['days'])} days (from ${argText(a['from'])}) are still arriving: ${percent(a['rate'])} of the youngest rows are positive, ${percent(a['mature'])} of the mature ones; arrived so far by day of age: ${[a['completeness']].flat().map(percent).join(', ')}.`;
}

function percent(share: unknown): string {
  return `${Number((100 * Number(share)).toPrecision(3))}%`;
}
