import type { ReactElement } from 'react';
import { domainsHeading, unevenByDomain } from '../../headings.js';
import type { Report } from '../../model.js';
import { Section } from './section.js';
import { SliceTable } from './slice-table.js';

/** Domains in which flagged rows are more, or less, frequent. Absent where no domain column is named or all are alike. */
export function DomainsSection({ report }: { report: Report }): ReactElement | null {
  const found = unevenByDomain(report).map(({ domains, ...defect }) => ({ ...defect, slices: domains }));
  if (found.length === 0) return null;
  return (
    <Section
      id="domains"
      title={domainsHeading(report)}
      note="Domains with more or fewer flagged rows than the others, corrected over all defects and domains; the report document has all of them."
    >
      <SliceTable kind="flagged" label="Flagged rows by domain" found={found} />
    </Section>
  );
}
