import { concentrated, errorSentence, errorsNote, sliceSentence, unevenByDomain } from '../headings.js';
import { visible } from '../format.js';
import type { Report } from '../model.js';
import type { Slice } from '../../src/core/slice.js';
import type { TextPage } from './text-page.js';

/** Where it is: slices in which flagged rows concentrate or the loss is high, and domains that differ; as text. */
export function places(page: TextPage, report: Report): void {
  flagged(
    page,
    'WHERE',
    concentrated(report).map(({ title, where = [] }) => [title, where] as const),
  );
  errors(page, report.errors ?? []);
  flagged(
    page,
    'BY DOMAIN',
    unevenByDomain(report).map(({ title, domains }) => [title, domains] as const),
  );
}

function flagged(
  page: TextPage,
  heading: string,
  found: readonly (readonly [title: string, slices: readonly Slice[]])[],
): void {
  if (found.length === 0) return;
  page.line(heading, 'bold');
  for (const [title, slices] of found) {
    page.wrap(visible(title), '  ', '  ');
    for (const slice of slices) page.wrap(sliceSentence(slice), '    ', '      ');
  }
  page.line();
}

function errors(page: TextPage, slices: readonly Slice[]): void {
  if (slices.length === 0) return;
  page.line('WHERE THE MODEL ERRS', 'bold');
  page.wrap(errorsNote, '  ', '  ');
  for (const slice of slices) page.wrap(errorSentence(slice), '    ', '      ');
  page.line();
}
