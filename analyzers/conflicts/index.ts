import type { Defect } from '../../src/core/defect.js';
import type { Finding } from '../../src/core/evidence.js';
import { argText } from '../../src/core/arg-text.js';
import { defineDefect } from '../../src/core/defect.js';
import { detect } from './detect.js';
import { inject } from './inject.js';
import { defaults } from './options.js';
import { repair } from './repair.js';

export const conflicts: Defect = defineDefect({
  id: 'conflicts',
  title: 'Conflicting labels',
  unit: 'row',
  needs: ['label', 'features'],
  defaults,
  measures: {
    share: { unit: 'share', says: 'rows whose label another row with the same features contradicts, of all rows' },
    'group-share': {
      unit: 'share',
      says: 'groups of rows with equal features, at different moments, that hold both labels',
    },
    'group-share-by-chance': {
      unit: 'share',
      says: 'what that share would be if labels did not depend on the features',
    },
  },
  sentences: {
    'conflicts.same-moment': (a) =>
      'flagged' in a
        ? `${number(a, 'flagged')} rows have the same features and moment as another row and the other label.`
        : `${argText(a['size'])} rows are equal in features and moment; ${argText(a['positives'])} of them are positive.`,
    'conflicts.other-moment': (a) => ('flagged' in a ? other(a) : member(a)),
    'conflicts.delayed': (a) => `${other(a)} The later row is nearly always the positive one: labels may arrive late.`,
    'conflicts.by-chance': (a) =>
      `${number(a, 'mixed')} of ${number(a, 'groups')} groups of rows with equal features hold both labels, where chance alone gives up to about ${number(a, 'expected')}: not clearly more, so nothing is flagged.`,
  },
  detect,
  inject,
  repair,
  again: (evidence) =>
    evidence.score === undefined || evidence.score === 0 ? [] : [{ mechanism: 'flipped-copies', dose: evidence.score }],
  because: [
    // Where labels arrive late, an event is written as a negative first and as a positive later.
    { code: 'conflicts.delayed', of: 'delayed-labels.tail', when: () => true },
  ],
});

function other(a: Finding['args']): string {
  return `${number(a, 'mixed')} of ${number(a, 'groups')} groups of rows with equal features hold both labels, by chance up to ${number(a, 'expected')}; ${number(a, 'flagged')} rows are contradicted.`;
}

function member(a: Finding['args']): string {
  return `${argText(a['size'])} rows have equal features; ${argText(a['positives'])} of them are positive.`;
}

function number(a: Finding['args'], name: string): string {
  return Math.round(Number(a[name])).toLocaleString('en-US');
}
