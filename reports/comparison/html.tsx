import type { ReactElement } from 'react';
import type { DataComparison, MeasuredCause } from '../../src/core/data-comparison.js';
import { forest, type ForestRow } from '../charts/forest.js';
import { renderChart, type Chart } from '../charts/render.js';
import { count, plural } from '../format.js';
import { renderDocument } from '../renderers/html/document.js';
import { Name } from '../renderers/html/name.js';
import { TopBar } from '../renderers/html/top-bar.js';
import { ComparisonSections } from './sections.js';

/** A comparison as one HTML file that opens from disk: no request, all text escaped. */
export async function comparisonHtml(found: DataComparison): Promise<string> {
  return renderDocument('Assay: compare', <ComparisonPage found={found} chart={await causesChart(found)} />);
}

/** The effects of all causes, sliced by the rows of their table; null where none was measured. */
export async function causesChart({ causes }: DataComparison): Promise<Chart | null> {
  return causes.length === 0 ? null : renderChart('causes', forest(causes.map(row), 'gain', null));
}

function row({ value, low, high, resolved }: MeasuredCause): ForestRow {
  return { value, low, high, state: !resolved ? 'open' : value < 0 ? 'bad' : 'good' };
}

function ComparisonPage({ found, chart }: { found: DataComparison; chart: Chart | null }): ReactElement {
  return (
    <>
      <TopBar>
        <span aria-hidden="true">/</span>
        <Name of={found.a.name} />
        <span aria-label="compared with">→</span>
        <Name of={found.b.name} />
        <span className="facts">
          {plural(found.a.rows, 'row')} → {plural(found.b.rows, 'row')}
        </span>
        <span className="facts">seed {count(found.how.seed)}</span>
      </TopBar>
      <div className="page single">
        <main id="main">
          <ComparisonSections found={found} chart={chart} />
        </main>
      </div>
    </>
  );
}
