import type { ReactElement } from 'react';
import { defectTable, notKnown } from '../../defect-table.js';
import { count } from '../../format.js';
import { concentrated, unevenByDomain } from '../../headings.js';
import type { Report } from '../../model.js';

/** The list of sections, with how much is in each. */
export function Contents({ report }: { report: Report }): ReactElement {
  return (
    <nav aria-label="Contents">
      <ol>
        {entries(report).map(([id, title, n]) => (
          <li key={id}>
            <a href={`#${id}`}>
              <span>{title}</span>
              {n === null ? null : <span className="n">{count(n)}</span>}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function entries(report: Report): readonly (readonly [id: string, title: string, n: number | null])[] {
  const flagged = report.defects.reduce((sum, d) => sum + (d.rows?.flagged ?? 0), 0);
  const { errors = [] } = report;
  return [
    ['verdict', 'Verdict', null],
    ...(report.gate === undefined ? [] : [['gate', 'Gate', report.gate.rules.length] as const]),
    ['not-known', 'Not known', notKnown(report).length],
    ['defects', 'Defects and gain', defectTable(report).length],
    ...(concentrated(report).length === 0 ? [] : [['where', 'Where', concentrated(report).length] as const]),
    ...(errors.length === 0 ? [] : [['errors', 'Model error', errors.length] as const]),
    ...(unevenByDomain(report).length === 0 ? [] : [['domains', 'By domain', unevenByDomain(report).length] as const]),
    ...(report.otherModel === undefined
      ? []
      : [['other-model', 'A second model', report.otherModel.effects.length] as const]),
    ['curves', 'Dose and response', report.curves.length],
    ...(report.capacity === undefined
      ? []
      : [['capacity', 'Small and large model', report.capacity.effects.length] as const]),
    ...(report.value === undefined ? [] : [['value', 'Rows, days, negatives', report.value.length] as const]),
    ['pays', 'What pays', report.cleaning?.steps.length ?? 0],
    ...(report.rolling === undefined ? [] : [['days', 'Gain by day', report.rolling.days.length] as const]),
    ...(report.demo === undefined ? [] : [['demo', 'Planted truth', report.demo.planted.length] as const]),
    ['time', 'Over time', null],
    ...(report.evaluationLabels === undefined ? [] : [['labels', 'Evaluation labels', null] as const]),
    ['columns', 'Columns', report.columns.length],
    ['rows', 'Flagged rows', flagged],
    ['how', 'How it was measured', null],
  ];
}
