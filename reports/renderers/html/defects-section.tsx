import type { ReactElement } from 'react';
import type { Effect } from '../../../src/core/effect.js';
import { forestSize } from '../../charts/forest.js';
import type { Chart } from '../../charts/render.js';
import { defectLines, isEffect, type DefectLine } from '../../defect-lines.js';
import { foundNothing, type DefectRow } from '../../defect-table.js';
import { auc, count, list, percent, visible } from '../../format.js';
import { defectsHeading } from '../../headings.js';
import type { Report } from '../../model.js';
import type { Charts } from './charts.js';
import { Drawing, Value } from './effect-cells.js';
import { Slice, Sliced } from './figure.js';
import { OtherMetrics } from './other-metrics.js';
import { Glyph, type GlyphName } from './glyph.js';
import { PrintedAxes } from './printed-axes.js';
import { Title } from './title.js';
import { Panel, Section } from './section.js';
import { statusGlyph } from './status-glyph.js';

/** Defects with what each repair gains alone and what the same amount injected again costs, on aligned axes. */
export function DefectsSection({ report, charts }: { report: Report; charts: Charts }): ReactElement {
  const lines = defectLines(report);
  const nothing = foundNothing(report);
  return (
    <Section id="defects" title={defectsHeading(report)} note={note(report)}>
      {lines.length === 0 ? null : (
        <Panel label="Defects with gain and sensitivity">
          {charts.gains === null ? null : <Sliced id="gains" chart={charts.gains} />}
          {charts.sensitivities === null ? null : <Sliced id="sensitivities" chart={charts.sensitivities} />}
          <Table lines={lines} charts={charts} />
          <Legend report={report} charts={charts} />
        </Panel>
      )}
      <OtherMetrics report={report} />
      {nothing.length === 0 ? null : (
        <p className="small">Found nothing: {list(nothing.map((d) => visible(d.title)))}.</p>
      )}
    </Section>
  );
}

function note(report: Report): string {
  if (report.effects.length === 0)
    return 'Detection only. assay run trains with and without each repair and measures what it gains.';
  return 'Gain: train with and without the repair, same split and seeds, paired. As much again: the found amount injected once more by the named mechanism; it shows how sensitive the model is and is not the cost of what is there.';
}

function Table({ lines, charts }: { lines: readonly DefectLine[]; charts: Charts }): ReactElement {
  const rows = [...new Set(lines.map((l) => l.row))];
  const measured = lines.some((l) => l.gain !== null || l.sensitivity !== null);
  const again = lines.some((l) => l.sensitivity !== null);
  return (
    <table className="defects">
      <caption className="sr">Defects, the gain of each repair alone, and the sensitivity to as much again</caption>
      {measured ? <Head charts={charts} again={again} /> : null}
      {measured ? <PrintedAxes axes={axesOf(charts, again)} /> : null}
      {rows.map((row) => (
        <tbody key={row.defect.id}>
          <DefectHead row={row} span={!measured ? 1 : again ? 5 : 3} />
          {measured
            ? lines.map((line, i) =>
                line.row === row ? <Line key={i} line={line} index={i} charts={charts} again={again} /> : null,
              )
            : null}
        </tbody>
      ))}
    </table>
  );
}

function Head({ charts, again }: { charts: Charts; again: boolean }): ReactElement {
  return (
    <thead>
      <tr>
        <th scope="col">Defect, and its repairs alone</th>
        <th scope="col" className="number">
          Units
        </th>
        <th scope="col">
          <span>Gain in AUC, 95% interval</span>
          <Axis of="gains" chart={charts.gains} />
        </th>
        <th scope="col" className="number">
          Gain
        </th>
        {again ? (
          <>
            <th scope="col">
              <span>As much again, 95% interval</span>
              <Axis of="sensitivities" chart={charts.sensitivities} />
            </th>
            <th scope="col" className="number">
              Sensitivity
            </th>
          </>
        ) : null}
      </tr>
    </thead>
  );
}

function axesOf({ gains, sensitivities }: Charts, again: boolean): Parameters<typeof PrintedAxes>[0]['axes'] {
  const gain = gains === null ? null : { of: 'gains', chart: gains };
  const sensitivity = sensitivities === null ? null : { of: 'sensitivities', chart: sensitivities };
  return [null, null, gain, null, ...(again ? [sensitivity, null] : [])];
}

function Axis({ of, chart }: { of: string; chart: Chart | null }): ReactElement | null {
  return chart === null ? null : <Slice of={of} chart={chart} top={0} height={forestSize.head} />;
}

function DefectHead({ row, span }: { row: DefectRow; span: number }): ReactElement {
  const { defect } = row;
  return (
    <tr className="defect">
      <th scope="rowgroup" colSpan={span}>
        <Glyph {...statusGlyph(row.status)} />
        <span>{visible(defect.title)}</span>
        {defect.findings.slice(0, 2).map((f) => (
          <span key={f.code} className="finding">
            {visible(f.message)}
          </span>
        ))}
      </th>
      <td className="number">
        {defect.rows === null ? null : (
          <>
            {count(defect.rows.flagged)}
            <span className="small">{defect.score === undefined ? 'flagged' : `${percent(defect.score)} flagged`}</span>
          </>
        )}
      </td>
    </tr>
  );
}

function Line(props: { line: DefectLine; index: number; charts: Charts; again: boolean }): ReactElement {
  const { line, index, charts, again } = props;
  const top = forestSize.head + index * forestSize.row;
  const { gain, sensitivity } = line;
  const glyph = isEffect(gain) ? gainGlyph(gain) : null;
  return (
    <tr className="repair">
      <td>
        {gain === null ? null : (
          <>
            {glyph === null ? null : <Glyph name={glyph} word="" />}
            <Title of={gain.title} />
          </>
        )}
      </td>
      <td className="number">{isEffect(gain) ? count(gain.units) : ''}</td>
      <Drawing of="gains" chart={charts.gains} found={gain} top={top} />
      <Value found={gain} />
      {again ? (
        <>
          <Drawing of="sensitivities" chart={charts.sensitivities} found={sensitivity} top={top} />
          <Value found={sensitivity} named />
        </>
      ) : null}
    </tr>
  );
}

function gainGlyph(gain: Effect): GlyphName {
  return { helps: 'pays', costs: 'hurts', 'not-resolved': 'not-resolved' }[gain.verdict] as GlyphName;
}

function Legend({ report, charts }: { report: Report; charts: Charts }): ReactElement | null {
  if (charts.gains === null) return null;
  const mde = report.verdict.resolution?.mde;
  return (
    <ul className="legend">
      <li>
        <Glyph name="pays" word="" /> repair pays
      </li>
      <li>
        <Glyph name="hurts" word="" /> repair hurts
      </li>
      <li>
        <Glyph name="costs" word="" /> costs
      </li>
      <li>
        <Glyph name="not-resolved" word="" /> not resolved
      </li>
      {mde === undefined ? null : (
        <li>
          <span className="zone" aria-hidden="true" /> below what can be resolved, {auc(mde)}
        </li>
      )}
    </ul>
  );
}
