import type { ReactElement } from 'react';
import { errorsHeading, errorsNote } from '../../headings.js';
import type { Report } from '../../model.js';
import { Section } from './section.js';
import { SliceTable } from './slice-table.js';

/** Slices in which the loss of the model concentrates. Absent where it is spread evenly or no model was asked. */
export function ErrorsSection({ report }: { report: Report }): ReactElement | null {
  const found = report.errors ?? [];
  if (found.length === 0) return null;
  return (
    <Section id="errors" title={errorsHeading(report)} note={errorsNote}>
      <SliceTable
        kind="loss"
        label="Slices in which the model errs"
        found={[{ id: 'errors', title: null, slices: found }]}
      />
    </Section>
  );
}
