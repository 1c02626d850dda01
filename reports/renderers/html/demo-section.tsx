import type { ReactElement } from 'react';
import { namedGains, type NamedGain } from '../../demo-gains.js';
import { auc, capital, change, count, interval, visible } from '../../format.js';
import { demoHeading, titles } from '../../headings.js';
import type { Demo, Report } from '../../model.js';
import { plantedSentence } from '../../sentences.js';
import { Glyph } from './glyph.js';
import { Panel, Section } from './section.js';

/** What was planted in the generated log against what was flagged, and true gains against measured ones. */
export function DemoSection({ report }: { report: Report }): ReactElement | null {
  const { demo } = report;
  if (demo === undefined) return null;
  const gains = namedGains(demo);
  return (
    <Section
      id="demo"
      title={demoHeading(report)}
      note="This log is generated, so the truth is known. True gain: the same plan scored on a large fresh sample of the same generator."
    >
      <Panel label="Planted against flagged">
        <Planted planted={demo.planted} names={titles(report)} />
        {gains.length === 0 ? null : <Gains gains={gains} />}
      </Panel>
    </Section>
  );
}

function Planted({ planted, names }: { planted: Demo['planted']; names: ReadonlyMap<string, string> }): ReactElement {
  return (
    <table>
      <caption className="sr">Planted defects against flagged units</caption>
      <thead>
        <tr>
          <th scope="col">Planted</th>
          <th scope="col">Mechanism</th>
          {['Units', 'Flagged', 'Hit'].map((h) => (
            <th key={h} scope="col" className="number">
              {h}
            </th>
          ))}
          <th scope="col">Outcome</th>
        </tr>
      </thead>
      <tbody>
        {planted.map((p, i) => (
          <tr key={i}>
            <th scope="row">{visible(names.get(p.defect) ?? p.defect)}</th>
            <td>{visible(p.mechanism)}</td>
            <td className="number">{count(p.units)}</td>
            <td className="number">{count(p.flagged)}</td>
            <td className="number">{count(p.hit)}</td>
            <td>
              <Glyph name={p.hit === 0 ? 'failed' : p.hit === p.units ? 'passes' : 'warns'} word="" />
              {plantedSentence(p)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Gains({ gains }: { gains: readonly NamedGain[] }): ReactElement {
  return (
    <table>
      <caption className="sr">True gains against measured ones</caption>
      <thead>
        <tr>
          <th scope="col">Repair</th>
          <th scope="col" className="number">
            Measured gain
          </th>
          <th scope="col" className="number">
            True gain
          </th>
          <th scope="col">Interval</th>
        </tr>
      </thead>
      <tbody>
        {gains.map((g) => (
          <tr key={g.key}>
            <th scope="row">{capital(visible(g.title))}</th>
            <td className="number">
              {change(g.measured.value)} <span className="small inline">{interval(g.measured)}</span>
            </td>
            <td className="number">
              {change(g.true)} <span className="small inline">se {auc(g.trueSe)}</span>
            </td>
            <td>
              <Glyph name={g.covered ? 'passes' : 'warns'} word="" />
              {g.covered ? 'holds the truth' : 'misses the truth'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
