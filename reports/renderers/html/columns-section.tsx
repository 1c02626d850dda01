import type { ReactElement } from 'react';
import { absent, auc, count, percent, two, visible } from '../../format.js';
import { columnsHeading } from '../../headings.js';
import type { Report, ReportColumn } from '../../model.js';
import { ColumnsWorthPanel } from './columns-worth.js';
import { Glyph } from './glyph.js';
import { Name } from './name.js';
import { Panel, Section } from './section.js';
import { Spark } from './spark.js';

/** Single-feature AUC above which the mark is coloured: a feature that good is usually known only after the label. */
const suspiciousAuc = 0.95;

/** Columns, those that need a look first; the filter appears where scripts run. */
export function ColumnsSection({ report }: { report: Report }): ReactElement {
  const columns = [...report.columns].sort((a, b) => Number(b.findings.length > 0) - Number(a.findings.length > 0));
  const psi = columns.some((c) => c.psi !== null);
  const look = columns.filter((c) => c.findings.length > 0).length;
  return (
    <Section
      id="columns"
      title={columnsHeading(report)}
      note="Sorted by what needs a look. Bars: how the values are spread."
    >
      <div className="filter" data-filter="columns-table" hidden>
        <input type="search" aria-label="Filter columns by name or type" placeholder="Filter by name or type" />
        <div className="choice" role="group" aria-label="Which columns">
          <button type="button" data-look="true" aria-pressed="false">
            Needs a look {count(look)}
          </button>
          <button type="button" data-look="false" aria-pressed="true">
            All {count(columns.length)}
          </button>
        </div>
      </div>
      <Panel label="Columns">
        <table className="columns" id="columns-table">
          <caption className="sr">Columns with type, nulls, drift, single-feature AUC and distribution</caption>
          <ColumnHead psi={psi} />
          <tbody>
            {columns.map((c, i) => (
              <ColumnRow key={i} column={c} psi={psi} />
            ))}
          </tbody>
        </table>
        <p className="small" data-filter-count="columns-table" role="status">
          {count(columns.length)} columns
        </p>
      </Panel>
      <ColumnsWorthPanel report={report} />
    </Section>
  );
}

/** The head of a table of columns; `psi` where drift was measured for any of them. */
export function ColumnHead({ psi }: { psi: boolean }): ReactElement {
  return (
    <thead>
      <tr>
        <th scope="col">Column</th>
        <th scope="col">Type</th>
        <th scope="col" className="number">
          Null
        </th>
        <th scope="col" className="number">
          Distinct
        </th>
        {psi ? (
          <th scope="col" className="number">
            Drift, PSI
          </th>
        ) : null}
        <th scope="col" className="number">
          AUC alone
        </th>
        <th scope="col">Distribution</th>
        <th scope="col">Findings</th>
      </tr>
    </thead>
  );
}

/** One column of the data with what is known of it. */
export function ColumnRow({ column, psi }: { column: ReportColumn; psi: boolean }): ReactElement {
  const look = column.findings.length > 0;
  return (
    <tr data-text={`${column.name} ${column.type} ${column.role}`.toLowerCase()} data-looks={look ? 'true' : 'false'}>
      <th scope="row">
        <Glyph name={look ? 'warns' : 'passes'} word={look ? 'needs a look' : 'nothing found'} />
        <Name of={column.name} />
      </th>
      <td>
        {visible(column.type)}
        {column.role === 'feature' ? null : <span className="small">{visible(column.role)}</span>}
      </td>
      <td className="number">{percent(column.nullShare)}</td>
      <td className="number">{count(column.distinct)}</td>
      {psi ? (
        <td className="number">
          {column.psi === null ? absent : two(column.psi)}
          {column.psi === null ? null : <Bar share={Math.min(1, column.psi / 0.4)} />}
        </td>
      ) : null}
      <td className="number">
        {column.auc === null ? absent : auc(column.auc)}
        {column.auc === null ? null : <Dot auc={column.auc} />}
      </td>
      <td>
        <Spark counts={column.histogram.counts} />
      </td>
      <td className="small">
        {column.findings.map((code) => (
          <span key={code} className="chip">
            {visible(code)}
          </span>
        ))}
      </td>
    </tr>
  );
}

function Bar({ share }: { share: number }): ReactElement {
  return (
    <svg className="gauge" width="60" height="8" viewBox="0 0 60 8" aria-hidden="true">
      <path className="track" d="M0 4H60" />
      <path className="level" d={`M0 4H${(60 * share).toFixed(1)}`} />
    </svg>
  );
}

function Dot({ auc }: { auc: number }): ReactElement {
  return (
    <svg className="gauge" width="60" height="8" viewBox="0 0 60 8" aria-hidden="true">
      <path className="track" d="M0 4H60" />
      <circle
        className={auc >= suspiciousAuc ? 'high' : 'dot'}
        cx={(4 + 52 * Math.max(0, (auc - 0.5) * 2)).toFixed(1)}
        cy="4"
        r="3.5"
      />
    </svg>
  );
}
