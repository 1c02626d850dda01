import type { ReactElement } from 'react';
import { notKnown, statusOf } from '../../defect-table.js';
import { visible } from '../../format.js';
import { notKnownHeading } from '../../headings.js';
import type { Report } from '../../model.js';
import { notKnownReason, outcomeWord } from '../../sentences.js';
import { Glyph } from './glyph.js';
import { Section } from './section.js';
import { statusGlyph } from './status-glyph.js';

/** Unknown is a state of its own, above the findings: failed, stopped, not applicable, each with its reason. */
export function NotKnownSection({ report }: { report: Report }): ReactElement {
  const defects = notKnown(report);
  return (
    <Section id="not-known" title={notKnownHeading(report)}>
      {defects.length === 0 ? null : (
        <ul className="unknown">
          {defects.map((d) => (
            <li key={d.id}>
              <Glyph {...statusGlyph(statusOf(d))} word="" />
              <p>
                <strong>
                  {visible(d.title)}: {outcomeWord(d)}.
                </strong>{' '}
                {notKnownReason(d)}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
