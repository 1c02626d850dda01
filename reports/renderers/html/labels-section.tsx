import type { ReactElement } from 'react';
import { capital, change, interval, visible } from '../../format.js';
import { labelsHeading } from '../../headings.js';
import type { Report } from '../../model.js';
import { labelNoiseSentence, trustedSentence } from '../../worth-sentences.js';
import { Panel, Section } from './section.js';

/** What is known of wrong evaluation labels, and the gains on trusted rows beside the headline. Absent where nothing is. */
export function LabelsSection({ report }: { report: Report }): ReactElement | null {
  const labels = report.evaluationLabels;
  if (labels === undefined) return null;
  const note = [labelNoiseSentence(labels), trustedSentence(labels)].filter((s) => s !== null).join(' ');
  const gains = labels.trusted?.gains ?? [];
  const headline = new Map(
    report.effects.filter((e) => e.kind === 'gain' && e.metric === 'auc').map((e) => [`${e.defect}/${e.arm}`, e]),
  );
  return (
    <Section id="labels" title={labelsHeading(report)} note={note}>
      {gains.length === 0 ? null : (
        <Panel label="Gains on rows with trusted labels">
          <table>
            <caption className="sr">Gains on all evaluation rows and on those with trusted labels</caption>
            <thead>
              <tr>
                <th scope="col">Repair alone</th>
                <th scope="col" className="number">
                  All evaluation rows
                </th>
                <th scope="col" className="number">
                  Trusted rows
                </th>
              </tr>
            </thead>
            <tbody>
              {gains.map((g) => {
                const all = headline.get(`${g.defect}/${g.arm}`);
                return (
                  <tr key={`${g.defect}/${g.arm}`}>
                    <th scope="row">{capital(visible(g.title))}</th>
                    <td className="number">{all === undefined ? '' : `${change(all.effect)} ${interval(all)}`}</td>
                    <td className="number">
                      {change(g.value)} {interval(g)}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </Panel>
      )}
    </Section>
  );
}
