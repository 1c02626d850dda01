import type { ReactElement } from 'react';
import type { Curve } from '../../../src/core/effect.js';
import { auc, interval, percent, visible } from '../../../reports/format.js';
import { titles } from '../../../reports/headings.js';
import { curveSlope, curveTitle, curveWhere } from '../../../reports/sentences.js';
import { CurvePoints } from '../../../reports/renderers/html/curve-points.js';
import { Panel } from '../../../reports/renderers/html/section.js';
import type { Report } from '../../../reports/model.js';
import { runDetail } from '../../contract/runs.js';
import { go, withQuery } from '../address.js';
import { Crumbs } from '../parts/crumbs.js';
import { DoseLines } from '../parts/dose-lines.js';
import { Empty, Ready } from '../parts/states.js';
import { costAt, toleratedDose } from '../dose-reading.js';
import { useAnswer } from '../use-answer.js';

/** Curves of a run over one another: choose a dose and read its cost, choose a budget and read the dose. */
export function DosePage({ id, query }: { id: string; query: URLSearchParams }): ReactElement {
  const detail = useAnswer(`/runs/${encodeURIComponent(id)}`, runDetail);
  return (
    <>
      <Crumbs run={id}>Doses</Crumbs>
      <Ready page of={detail}>
        {({ report }) =>
          report.curves.length === 0 ? (
            <>
              <h1>Dose and response was not run</h1>
              <Empty>A run with more time for trainings draws curves: nothing is drawn without it.</Empty>
            </>
          ) : (
            <Explorer report={report} query={query} />
          )
        }
      </Ready>
    </>
  );
}

function Explorer({ report, query }: { report: Report; query: URLSearchParams }): ReactElement {
  const { curves } = report;
  const names = titles(report);
  const at = Math.min(curves.length - 1, Math.max(0, Number(query.get('curve') ?? 0) || 0));
  const curve = curves[at]!;
  const last = curve.points.at(-1)?.dose ?? 1;
  const dose = Math.min(last, Math.max(0, Number(query.get('dose') ?? curve.tolerance.dose) || 0));
  const budget = Math.max(0, Number(query.get('budget') ?? curve.tolerance.budget) || 0);
  const read = costAt(curve, dose);
  return (
    <>
      <h1>
        {percent(dose)} of {visible(curveTitle(curve, names).toLowerCase())} costs {auc(read.cost)} {interval(read)}
      </h1>
      <p className="note">
        {read.measured ? 'A measured dose.' : 'Between measured doses: fitted.'} {curveSlope(curve)}, in{' '}
        {curveWhere(curve)}.
      </p>
      <div className="side">
        <Panel label="What to read">
          <label htmlFor="curve">Mechanism</label>
          <select id="curve" value={at} onChange={(e) => set({ curve: e.target.value, dose: null })}>
            {curves.map((c, i) => (
              <option key={i} value={i}>
                {visible(curveTitle(c, names))}
              </option>
            ))}
          </select>
          <label htmlFor="dose">Dose, {percent(dose)}</label>
          <input
            id="dose"
            type="range"
            min="0"
            max={last}
            step={last / 200}
            value={dose}
            onChange={(e) => set({ dose: e.target.value })}
          />
          <label htmlFor="budget">Budget in AUC</label>
          <input
            id="budget"
            type="number"
            min="0"
            step="0.0005"
            value={budget}
            onChange={(e) => set({ budget: e.target.value })}
          />
          <p role="status">{tolerance(curve, budget)}</p>
        </Panel>
        <Panel label="Curves">
          <DoseLines curves={curves} at={at} dose={dose} budget={budget} />
          <CurvePoints curve={curve} caption={<caption>{visible(curveTitle(curve, names))}, as measured</caption>} />
        </Panel>
      </div>
    </>
  );
}

function set(values: Readonly<Record<string, string | null>>): void {
  go(withQuery(values), true);
}

function tolerance(curve: Curve, budget: number): string {
  const dose = toleratedDose(curve, budget);
  if (dose === null) return `No measured dose is proven to cost less than ${auc(budget)}.`;
  return `Up to ${percent(dose)}, the largest measured dose whose upper limit stays within ${auc(budget)}.`;
}
