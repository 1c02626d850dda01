import type { Defect } from '../../src/core/defect.js';
import type { Finding } from '../../src/core/evidence.js';
import { argText } from '../../src/core/arg-text.js';
import { defineDefect } from '../../src/core/defect.js';
import { detect } from './detect.js';
import { inject } from './inject.js';
import { defaults } from './options.js';
import { repair } from './repair.js';

/** What chance does among rows that are alike; EM weighs it itself. */
function chanceOf({ pairs, byChance }: Finding['args']): string {
  if (typeof byChance !== 'number') return '';
  const [of, n] = [Number(pairs), byChance].map((count) => count.toLocaleString('en-US'));
  return `; of ${of} pairs as alike, about ${n} would be by chance`;
}

export const duplicates: Defect = defineDefect({
  id: 'duplicates',
  title: 'Duplicates',
  unit: 'row',
  needs: [],
  defaults,
  measures: {
    share: { unit: 'share', says: 'rows that repeat an earlier row, of all rows' },
    'near-share': {
      unit: 'share',
      says: 'rows that name a thing which an earlier row names, equal or not; only of tables that name things',
      absent: 0,
    },
    copies: { unit: 'count', says: 'rows that repeat an earlier row' },
    'by-chance': {
      unit: 'count',
      says: 'pairs of equal rows to expect if the columns were independent: a lower bound',
    },
  },
  sentences: {
    'duplicates.near': (a) =>
      'copies' in a
        ? `${Number(a['copies']).toLocaleString('en-US')} rows look like another spelling of what an earlier row names (${(100 * Number(a['share'])).toFixed(1)}%), judged by ${Array.isArray(a['columns']) ? a['columns'].join(', ') : ''}${chanceOf(a)}.`
        : `This row looks like another spelling of row key ${argText(a['first'])}; ${argText(a['size'])} rows name the same.`,
    'duplicates.exact': (a) => {
      if (!('copies' in a))
        return `This row repeats row key ${argText(a['first'])}; ${argText(a['size'])} rows are equal in all columns.`;
      const apart = Array.isArray(a['apart']) && a['apart'].length > 0 ? ` apart from ${a['apart'].join(', ')}` : '';
      const copies = Number(a['copies']).toLocaleString('en-US');
      const chance =
        Number(a['chance']) < 0.5 ? 'none' : `at least ${Math.round(Number(a['chance'])).toLocaleString('en-US')}`;
      return `${copies} rows repeat an earlier row in all columns${apart} (${(100 * Number(a['share'])).toFixed(1)}%); if columns were independent, ${chance} would.`;
    },
  },
  detect,
  inject,
  repair,
  again: (evidence) =>
    evidence.score === undefined || evidence.score === 0 ? [] : [{ mechanism: 'exact-copies', dose: evidence.score }],
});
