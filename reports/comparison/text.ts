import type { DataComparison, MeasuredCause } from '../../src/core/data-comparison.js';
import { count, cut, visible } from '../format.js';
import { TextPage } from '../renderers/text-page.js';
import {
  causesHeading,
  comparisonWord,
  differenceText,
  explainsText,
  howSentence,
  levelsText,
  schemaSentence,
  togetherSentence,
  trainingSentence,
} from './sentences.js';

/** A comparison as ASCII text of at most `width` columns. */
export function comparisonText(found: DataComparison, { width, color }: { width: number; color: boolean }): string {
  const page = new TextPage(Math.max(40, Math.min(120, width)), color);
  page.ends(`assay ${visible(found.how.version)}   compare`, `seed ${found.how.seed}`);
  for (const [side, data] of [
    ['A', found.a],
    ['B', found.b],
  ] as const)
    page.wrap(
      `${side}  ${cut(data.name, 40)}   ${count(data.rows)} rows, ${count(data.positives)} positives`,
      '',
      '   ',
    );
  page.line();
  page.wrap(
    `${comparisonWord[found.verdict.code].toUpperCase()}  ${visible(found.verdict.sentence)}`,
    '',
    '  ',
    'bold',
  );
  if (found.auc !== null) {
    page.wrap(`AUC   ${levelsText(found.auc)}`, '', '      ');
    page.wrap(`B - A ${differenceText(found.auc.difference)}`, '', '      ');
    page.wrap(trainingSentence(found.auc), '      ', '      ');
  }
  page.line();
  causes(page, found);
  if (found.schema.length > 0) {
    page.line('COLUMNS', 'bold');
    for (const change of found.schema) page.wrap(schemaSentence(change), '  ', '    ');
    page.line();
  }
  if (found.auc !== null) page.wrap(howSentence(found), '', '  ', 'faint');
  return page.text();
}

function causes(page: TextPage, found: DataComparison): void {
  if (found.auc === null) return;
  page.line(causesHeading(found).toUpperCase(), 'bold');
  for (const cause of found.causes) {
    page.wrap(visible(cause.title), `  ${mark(cause)} `, '    ', color(cause));
    const share = explainsText(cause);
    const explained = share === '–' ? '' : `   ${share} of the difference`;
    page.wrap(`${differenceText(cause)}   ${count(cause.units)} units${explained}`, '      ', '      ');
  }
  if (found.together !== null) page.wrap(togetherSentence(found.together), '  ', '  ');
  for (const { title, reason } of found.unmeasured)
    page.wrap(`Not measured: ${visible(title)}. ${visible(reason)}`, '  - ', '    ');
  if (found.causes.length > 0) page.line('  X lowers AUC  # raises it  o not resolved', 'faint');
  page.line();
}

function mark({ resolved, value }: MeasuredCause): string {
  if (!resolved) return 'o';
  return value < 0 ? 'X' : '#';
}

function color({ resolved, value }: MeasuredCause): 'cost' | 'gain' | undefined {
  if (!resolved) return undefined;
  return value < 0 ? 'cost' : 'gain';
}
