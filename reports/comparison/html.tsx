import type { ReactElement } from 'react';
import type { DataComparison, MeasuredCause } from '../../src/core/data-comparison.js';
import { forest, forestSize, type ForestRow } from '../charts/forest.js';
import { renderChart, type Chart } from '../charts/render.js';
import { change, count, interval, plural, visible } from '../format.js';
import { renderDocument } from '../renderers/html/document.js';
import { Slice, Sliced } from '../renderers/html/figure.js';
import { Glyph } from '../renderers/html/glyph.js';
import { Name } from '../renderers/html/name.js';
import { Panel, Section } from '../renderers/html/section.js';
import { TopBar } from '../renderers/html/top-bar.js';
import {
  causesHeading,
  causesNote,
  comparisonWord,
  differenceText,
  explainsText,
  howSentence,
  levelsText,
  schemaSentence,
  togetherSentence,
  trainingSentence,
} from './sentences.js';

/** A comparison as one HTML file that opens from disk: no request, all text escaped. */
export async function comparisonHtml(found: DataComparison): Promise<string> {
  const chart =
    found.causes.length === 0 ? null : await renderChart('causes', forest(found.causes.map(row), 'gain', null));
  return renderDocument('Assay: compare', <ComparisonPage found={found} chart={chart} />);
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
          <Verdict found={found} />
          {found.auc === null ? null : <Causes found={found} chart={chart} />}
          {found.schema.length === 0 ? null : (
            <Section id="columns" title="Columns that differ">
              <ul>
                {found.schema.map((one) => (
                  <li key={one.column}>{schemaSentence(one)}</li>
                ))}
              </ul>
            </Section>
          )}
          {found.auc === null ? null : <p className="small">{howSentence(found)}</p>}
        </main>
      </div>
    </>
  );
}

function Verdict({ found: { verdict, auc } }: { found: DataComparison }): ReactElement {
  const wash = { differs: 'cost-strip', 'not-resolved': 'plain-strip', unmeasured: 'warn-strip' }[verdict.code];
  return (
    <section id="verdict" aria-labelledby="verdict-title">
      <h1 id="verdict-title">{visible(verdict.sentence)}</h1>
      {auc === null ? null : (
        <div className={`strip ${wash}`}>
          <Glyph name={verdict.code === 'differs' ? 'costs' : 'not-resolved'} word="" />
          <p>
            <strong>{comparisonWord[verdict.code]}.</strong> AUC {levelsText(auc)}; B − A{' '}
            {differenceText(auc.difference)}. {trainingSentence(auc)}
          </p>
        </div>
      )}
    </section>
  );
}

function Causes({ found, chart }: { found: DataComparison; chart: Chart | null }): ReactElement {
  return (
    <Section id="causes" title={causesHeading(found)} note={causesNote}>
      {chart === null ? null : (
        <Panel label="Changes with their effect on AUC">
          <Sliced id="causes-drawing" chart={chart} />
          <table className="defects">
            <caption className="sr">Changes from A to B, and what each does to AUC</caption>
            <thead>
              <tr>
                <th scope="col">Change</th>
                <th scope="col" className="number">
                  Units
                </th>
                <th scope="col">
                  <span>AUC with it, 95% interval</span>
                  <Slice of="causes-drawing" chart={chart} top={0} height={forestSize.head} />
                </th>
                <th scope="col" className="number">
                  Effect
                </th>
                <th scope="col" className="number">
                  Of the difference
                </th>
              </tr>
            </thead>
            <tbody>
              {found.causes.map((cause, i) => (
                <Cause key={cause.title} cause={cause} chart={chart} index={i} />
              ))}
            </tbody>
          </table>
        </Panel>
      )}
      {found.together === null ? null : <p>{togetherSentence(found.together)}</p>}
      {found.unmeasured.map(({ title, reason }) => (
        <p className="small" key={title}>
          Not measured: {visible(title)}. {visible(reason)}
        </p>
      ))}
    </Section>
  );
}

function Cause({ cause, chart, index }: { cause: MeasuredCause; chart: Chart; index: number }): ReactElement {
  const tone = !cause.resolved ? 'faint open' : cause.value < 0 ? 'cost-text' : 'gain-text';
  return (
    <tr>
      <th scope="row">{visible(cause.title)}</th>
      <td className="number">{count(cause.units)}</td>
      <td className="drawing">
        <Slice
          of="causes-drawing"
          chart={chart}
          top={forestSize.head + index * forestSize.row}
          height={forestSize.row}
        />
      </td>
      <td className="number">
        <span className={`value ${tone}`}>{cause.resolved ? change(cause.value) : 'not resolved'}</span>
        <span className="small limits">{interval(cause)}</span>
      </td>
      <td className="number">{explainsText(cause)}</td>
    </tr>
  );
}
