import type { ReactElement } from 'react';
import type { Curve } from '../../../src/core/effect.js';
import type { Chart } from '../../charts/render.js';
import { curvesHeading, titles } from '../../headings.js';
import type { Report } from '../../model.js';
import { curveSlope, curveTitle, curveTolerance, curveWhere } from '../../sentences.js';
import type { Charts } from './charts.js';
import { CurvePoints } from './curve-points.js';
import { Figure } from './figure.js';
import { Panel, Section } from './section.js';

/** What growing doses of each mechanism cost, and how much of it the model tolerates. */
export function CurvesSection({ report, charts }: { report: Report; charts: Charts }): ReactElement {
  const names = titles(report);
  const note =
    report.curves.length === 0
      ? 'Dose and response was not run.'
      : 'A known dose is injected and the model is trained again. Line and 95% band: change in AUC; points are measured, the line between them is fitted. Dotted: the budget. The marker on the axis is the largest measured dose that stays within it.';
  return (
    <Section id="curves" title={curvesHeading(report)} note={note}>
      {report.curves.length === 0 ? null : (
        <Panel label="Dose and response">
          <div className="curves">
            {report.curves.map((c, i) => {
              const chart = charts.curves[i];
              return chart === undefined ? null : (
                <Small key={i} curve={c} chart={chart} title={curveTitle(c, names)} />
              );
            })}
          </div>
        </Panel>
      )}
    </Section>
  );
}

function Small({ curve, chart, title }: { curve: Curve; chart: Chart; title: string }): ReactElement {
  return (
    <figure>
      <figcaption>
        <strong>{title}</strong>
        <span className="small">
          {curveSlope(curve)}, in {curveWhere(curve)}
        </span>
      </figcaption>
      <Figure chart={chart} name={`${title}: ${curveSlope(curve)}. ${curveTolerance(curve)}`} />
      <p className="small">{curveTolerance(curve)}</p>
      <details>
        <summary>Numbers</summary>
        <CurvePoints curve={curve} caption={<caption className="sr">{title}</caption>} />
      </details>
    </figure>
  );
}
