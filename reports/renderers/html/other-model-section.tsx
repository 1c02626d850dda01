import type { ReactElement } from 'react';
import { capital, visible } from '../../format.js';
import { otherLines } from '../../other-model-lines.js';
import {
  agreementSentence,
  otherModelHeading,
  otherModelLevel,
  otherModelUnknown,
} from '../../other-model-sentences.js';
import { titles } from '../../headings.js';
import type { Report } from '../../model.js';
import { Value } from './effect-cells.js';
import { Panel, Section } from './section.js';

/** The same effects for a second model, beside the built-in one's. Absent where none was asked for. */
export function OtherModelSection({ report }: { report: Report }): ReactElement | null {
  const { otherModel } = report;
  if (otherModel === undefined) return null;
  const lines = otherLines(report);
  const names = titles(report);
  const note = [otherModelLevel(otherModel), agreementSentence(otherModel)].filter((s) => s !== null).join(' ');
  const unknown = otherModelUnknown(otherModel);
  return (
    <Section id="other-model" title={otherModelHeading(otherModel)} note={note === '' ? undefined : note}>
      {lines.length === 0 ? null : (
        <Panel label="Effects on two models">
          <table className="defects">
            <caption className="sr">Effects on two models</caption>
            <thead>
              <tr>
                <th scope="col">Repair, or as much again</th>
                <th scope="col" className="number">
                  Built-in trees
                </th>
                <th scope="col" className="number">
                  {visible(otherModel.name)}
                </th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ other, builtIn }) => (
                <tr key={`${other.kind} ${other.defect} ${other.arm}`}>
                  <th scope="row">
                    <span>{capital(visible(other.title))}</span>
                    <span className="small">{names.get(other.defect) ?? visible(other.defect)}</span>
                  </th>
                  <Value found={builtIn} />
                  <Value found={other} />
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      )}
      {unknown.length === 0 ? null : (
        <ul>
          {unknown.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </Section>
  );
}
