import type { ReactElement } from 'react';
import { concentrated, whereHeading } from '../../headings.js';
import type { Report } from '../../model.js';
import { Section } from './section.js';
import { SliceTable } from './slice-table.js';

/** Slices in which flagged rows concentrate. Absent where they are spread evenly. */
export function WhereSection({ report }: { report: Report }): ReactElement | null {
  const found = concentrated(report).map(({ id, title, where = [] }) => ({ id, title, slices: where }));
  if (found.length === 0) return null;
  return (
    <Section
      id="where"
      title={whereHeading(report)}
      note="Of the slices of one or two columns (time, and the twelve features of fewest values), those with the most flagged rows; each after the rows of those above it were taken out."
    >
      <SliceTable kind="flagged" label="Slices in which flagged rows concentrate" found={found} />
    </Section>
  );
}
