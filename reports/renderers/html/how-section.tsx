import type { ReactElement, ReactNode } from 'react';
import type { Json } from '../../../src/core/evidence.js';
import { auc, count, plural, visible } from '../../format.js';
import { howHeading } from '../../headings.js';
import type { Report } from '../../model.js';
import { outcomeWord, splitParts } from '../../sentences.js';
import { Name } from './name.js';
import { Panel, Section } from './section.js';

/** Everything needed to judge and repeat the numbers. */
export function HowSection({ report }: { report: Report }): ReactElement {
  return (
    <Section id="how" title={howHeading(report)}>
      <Panel label="How it was measured">
        <div className="how">
          <dl>
            <Model report={report} />
            <Data report={report} />
          </dl>
          <dl>
            <Statistics report={report} />
          </dl>
          <Resolution report={report} />
        </div>
        <Roles report={report} />
        <Outcomes report={report} />
      </Panel>
    </Section>
  );
}

function Entry({ name, children }: { name: string; children: ReactNode }): ReactElement {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Model({ report }: { report: Report }): ReactElement {
  return (
    <>
      {Object.entries(report.how.trainer).map(([key, value]) => (
        <Entry key={key} name={key === 'name' ? 'Model' : words(key)}>
          {plain(value)}
        </Entry>
      ))}
    </>
  );
}

function Data({ report }: { report: Report }): ReactElement {
  const { study, how } = report;
  return (
    <>
      <Entry name="Files">
        {study.files.map((f) => (
          <div key={`${f.role}/${f.name}`}>
            {visible(f.role)}: <Name of={f.name} /> {count(f.rows)} rows
            {f.rejected > 0 ? `, ${count(f.rejected)} malformed lines set aside` : ''}
          </div>
        ))}
      </Entry>
      {study.split === null ? null : <Entry name="Split">{visible(study.split.reason)}</Entry>}
      {how.split === null ? null : <Entry name="Parts">{visible(how.split)}</Entry>}
      {study.split === null ? null : <Entry name="Rows">{splitParts(report).join(', ')}</Entry>}
    </>
  );
}

function Statistics({ report }: { report: Report }): ReactElement {
  const { how, study } = report;
  const unit = study.split?.unit;
  return (
    <>
      {report.effects.length === 0 ? null : (
        <>
          <Entry name="Interval">95%, paired by seed, evaluation sampled by {unit ?? 'row'}</Entry>
          <Entry name="Correction">Holm, over the effects of one kind</Entry>
        </>
      )}
      <Entry name="Seed">{count(how.seed)}</Entry>
      <Entry name="Trainings">{count(how.trainings)}</Entry>
      {Object.entries(how.plan).map(([key, value]) => (
        <Entry key={key} name={words(key)}>
          {plain(value)}
        </Entry>
      ))}
      {Object.entries(how.versions).map(([key, value]) => (
        <Entry key={key} name={words(key)}>
          {visible(value)}
        </Entry>
      ))}
    </>
  );
}

function Resolution({ report }: { report: Report }): ReactElement | null {
  const found = report.verdict.resolution;
  if (found === null) return null;
  const unit = report.study.split?.unit ?? 'row';
  return (
    <div>
      <h3>Smallest effect this data can resolve</h3>
      <p className="big">{auc(found.mde)}</p>
      <p className="small">
        At 80% power, with {plural(found.positives, 'evaluation positive')}
        {unit === 'row' ? '' : ` of ${plural(found.units, unit)}`}. Half of it needs about four times as many.
      </p>
    </div>
  );
}

function Roles({ report }: { report: Report }): ReactElement {
  const { roles, excluded } = report.study;
  return (
    <details open>
      <summary>Roles of columns and why</summary>
      <table>
        <caption className="sr">Roles of columns</caption>
        <thead>
          <tr>
            <th scope="col">Role</th>
            <th scope="col">Column</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {roles.map((r) => (
            <tr key={`${r.role}/${r.column}`}>
              <th scope="row">{visible(r.role)}</th>
              <td>
                <Name of={r.column} />
              </td>
              <td>{visible(r.reason)}</td>
            </tr>
          ))}
          {excluded.map((e) => (
            <tr key={`excluded/${e.column}`}>
              <th scope="row">left out</th>
              <td>
                <Name of={e.column} />
              </td>
              <td>{visible(e.reason)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function Outcomes({ report }: { report: Report }): ReactElement {
  return (
    <details>
      <summary>All checks and their measurements</summary>
      <table>
        <caption className="sr">Checks by outcome, with every measurement</caption>
        <thead>
          <tr>
            <th scope="col">Check</th>
            <th scope="col">Outcome</th>
            <th scope="col">Measurement</th>
            <th scope="col">About</th>
            <th scope="col" className="number">
              Value
            </th>
          </tr>
        </thead>
        <tbody>
          {report.defects.map((d) => (
            <tr key={d.id}>
              <th scope="row">{visible(d.title)}</th>
              <td>{outcomeWord(d)}</td>
              <td />
              <td />
              <td />
            </tr>
          ))}
          {report.defects.flatMap((d) =>
            d.measurements.slice(0, 200).map((m, i) => (
              <tr key={`${d.id}/${i}`}>
                <th scope="row">{visible(d.title)}</th>
                <td />
                <td>
                  <code>{visible(m.name)}</code>
                </td>
                <td>
                  {m.column === undefined ? null : <Name of={m.column} />} {visible(m.slice ?? '')}
                </td>
                <td className="number">{measured(m.value)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </details>
  );
}

/** A measurement as it is, at most six significant digits. */
function measured(value: number): string {
  return Number.isInteger(value) ? count(value) : String(Number(value.toPrecision(6)));
}

/** `learningRate` as `Learning rate`. */
function words(key: string): string {
  const text = visible(key).replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
  return text.slice(0, 1).toUpperCase() + text.slice(1).replaceAll('-', ' ');
}

function plain(value: Json): string {
  if (value === null) return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.map(plain).join('; ');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([k, v]) => `${words(k).toLowerCase()} ${plain(v)}`)
      .join(', ');
  }
  return visible(typeof value === 'number' && Number.isInteger(value) ? count(value) : String(value));
}
